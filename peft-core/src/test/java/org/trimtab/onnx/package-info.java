/** Graphs, and what ONNX Runtime makes of them. */
@NullMarked
package org.trimtab.onnx;

import org.jspecify.annotations.NullMarked;
