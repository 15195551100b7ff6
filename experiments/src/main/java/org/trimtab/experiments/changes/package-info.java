/** What differs between two runs, or between a run and now. */
@NullMarked
package org.trimtab.experiments.changes;

import org.jspecify.annotations.NullMarked;
