/** What may be said of scores: means, intervals, tests. */
@NullMarked
package org.trimtab.experiments.statistics;

import org.jspecify.annotations.NullMarked;
