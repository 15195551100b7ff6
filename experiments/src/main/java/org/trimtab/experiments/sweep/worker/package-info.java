/** Who runs a sweep's trials: worker processes, or a cluster. */
@NullMarked
package org.trimtab.experiments.sweep.worker;

import org.jspecify.annotations.NullMarked;
