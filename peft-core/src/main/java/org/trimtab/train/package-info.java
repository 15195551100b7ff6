/** The training step, and the loop around it. */
@NullMarked
package org.trimtab.train;

import org.jspecify.annotations.NullMarked;
