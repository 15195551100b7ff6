/** The trackers of runs: what shows a training beside its own files. */
@NullMarked
package org.trimtab.experiments.track;

import org.jspecify.annotations.NullMarked;
