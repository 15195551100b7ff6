/** GGUF files as weights, quantized or not, and what their metadata say of the model. */
@NullMarked
package org.trimtab.weights.gguf;

import org.jspecify.annotations.NullMarked;
