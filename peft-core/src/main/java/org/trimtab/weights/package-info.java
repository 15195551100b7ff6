/** Weight files: safetensors, Hugging Face directories and ONNX graphs, as host values. */
@NullMarked
package org.trimtab.weights;

import org.jspecify.annotations.NullMarked;
