/** The sum of any methods. */
@NullMarked
package org.trimtab.methods.sum;

import org.jspecify.annotations.NullMarked;
