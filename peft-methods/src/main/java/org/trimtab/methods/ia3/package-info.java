/** IA3. */
@NullMarked
package org.trimtab.methods.ia3;

import org.jspecify.annotations.NullMarked;
