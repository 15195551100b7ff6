/** Backbones as settings name them: files of weights, opened, with their tokenizers. */
@NullMarked
package org.trimtab.pretrained;

import org.jspecify.annotations.NullMarked;
