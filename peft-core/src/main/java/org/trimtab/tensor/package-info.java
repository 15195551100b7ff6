/** The tensor port that backbones and methods are written in. */
@NullMarked
package org.trimtab.tensor;

import org.jspecify.annotations.NullMarked;
