/** The transformer families, written on the tensor port. */
@NullMarked
package org.trimtab.transformer;

import org.jspecify.annotations.NullMarked;
