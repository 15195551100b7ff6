/** ONNX files as weights: tensors, and what their graphs say of the model. */
@NullMarked
package org.trimtab.weights.onnx;

import org.jspecify.annotations.NullMarked;
