/** The folders that hold what came of trials, and their files. */
@NullMarked
package org.trimtab.experiments.runs;

import org.jspecify.annotations.NullMarked;
