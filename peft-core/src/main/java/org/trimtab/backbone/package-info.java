/** What a frozen transformer is, and what may be added to it. */
@NullMarked
package org.trimtab.backbone;

import org.jspecify.annotations.NullMarked;
