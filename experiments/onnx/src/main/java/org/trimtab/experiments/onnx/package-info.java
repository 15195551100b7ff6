/** ONNX Runtime as the engine of predictions. */
@NullMarked
package org.trimtab.experiments.onnx;

import org.jspecify.annotations.NullMarked;
