/** Encoders that are built otherwise than BERT. */
@NullMarked
package org.trimtab.family.encoder;

import org.jspecify.annotations.NullMarked;
