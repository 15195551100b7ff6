/** Optimizers, their settings, and the schedule of the learning rate. */
@NullMarked
package org.trimtab.train.optimizer;

import org.jspecify.annotations.NullMarked;
