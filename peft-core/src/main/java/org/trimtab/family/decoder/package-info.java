/** Decoders. */
@NullMarked
package org.trimtab.family.decoder;

import org.jspecify.annotations.NullMarked;
