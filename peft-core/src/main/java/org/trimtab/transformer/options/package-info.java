/** How backbones are loaded, and what of them trains. */
@NullMarked
package org.trimtab.transformer.options;

import org.jspecify.annotations.NullMarked;
