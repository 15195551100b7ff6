/** Compacter. */
@NullMarked
package org.trimtab.methods.compacter;

import org.jspecify.annotations.NullMarked;
