/** Padded groups of token sequences, with their gold values. */
@NullMarked
package org.trimtab.batch;

import org.jspecify.annotations.NullMarked;
