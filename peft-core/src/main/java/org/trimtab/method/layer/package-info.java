/** Small trained layers that several methods are built of, and a module of them at sites. */
@NullMarked
package org.trimtab.method.layer;

import org.jspecify.annotations.NullMarked;
