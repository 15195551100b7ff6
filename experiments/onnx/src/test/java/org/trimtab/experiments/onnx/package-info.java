@NullMarked
package org.trimtab.experiments.onnx;

import org.jspecify.annotations.NullMarked;
