/** UniPELT: any methods, each behind gates. */
@NullMarked
package org.trimtab.methods.unipelt;

import org.jspecify.annotations.NullMarked;
