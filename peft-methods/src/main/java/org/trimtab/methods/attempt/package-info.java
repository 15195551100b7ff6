/** ATTEMPT. */
@NullMarked
package org.trimtab.methods.attempt;

import org.jspecify.annotations.NullMarked;
