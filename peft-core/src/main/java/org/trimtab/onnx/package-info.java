/** The tensor port's second backing: models as ONNX graphs. */
@NullMarked
package org.trimtab.onnx;

import org.jspecify.annotations.NullMarked;
