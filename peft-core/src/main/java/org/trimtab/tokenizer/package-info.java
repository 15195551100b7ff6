/** Text to token ids. */
@NullMarked
package org.trimtab.tokenizer;

import org.jspecify.annotations.NullMarked;
