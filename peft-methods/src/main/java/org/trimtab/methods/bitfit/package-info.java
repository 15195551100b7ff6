/** BitFit. */
@NullMarked
package org.trimtab.methods.bitfit;

import org.jspecify.annotations.NullMarked;
