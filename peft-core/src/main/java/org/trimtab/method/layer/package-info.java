/** Small trained layers that several methods are built of. */
@NullMarked
package org.trimtab.method.layer;

import org.jspecify.annotations.NullMarked;
