/** The tensor port on DJL's PyTorch engine. */
@NullMarked
package org.trimtab.tensor.djl;

import org.jspecify.annotations.NullMarked;
