/** LayerNorm tuning. */
@NullMarked
package org.trimtab.methods.layernorm;

import org.jspecify.annotations.NullMarked;
