/** The baseline that adds nothing. */
@NullMarked
package org.trimtab.methods.head;

import org.jspecify.annotations.NullMarked;
