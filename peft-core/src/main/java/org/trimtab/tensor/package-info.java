/** The tensor port that backbones and methods are written in, and its backing that computes. */
@NullMarked
package org.trimtab.tensor;

import org.jspecify.annotations.NullMarked;
