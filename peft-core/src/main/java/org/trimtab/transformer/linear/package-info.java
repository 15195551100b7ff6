/** A backbone's weights, and by which products its linear layers are computed. */
@NullMarked
package org.trimtab.transformer.linear;

import org.jspecify.annotations.NullMarked;
