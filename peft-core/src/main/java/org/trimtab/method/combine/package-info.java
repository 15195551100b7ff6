/** Several modules as one. */
@NullMarked
package org.trimtab.method.combine;

import org.jspecify.annotations.NullMarked;
