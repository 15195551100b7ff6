/** The training step, the optimizers and the loop around them. */
@NullMarked
package org.trimtab.train;

import org.jspecify.annotations.NullMarked;
