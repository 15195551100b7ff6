/** Which sites of a backbone a method attaches to, as settings name them. */
@NullMarked
package org.trimtab.method.site;

import org.jspecify.annotations.NullMarked;
