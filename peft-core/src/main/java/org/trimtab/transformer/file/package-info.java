/** A model's tensors as files hold them: read, written, and made anew. */
@NullMarked
package org.trimtab.transformer.file;

import org.jspecify.annotations.NullMarked;
