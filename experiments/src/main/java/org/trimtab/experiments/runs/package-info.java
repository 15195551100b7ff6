/** Trials, and the folders that hold what came of them. */
@NullMarked
package org.trimtab.experiments.runs;

import org.jspecify.annotations.NullMarked;
