/** JSON values, strictly read and written. */
@NullMarked
package org.trimtab.json;

import org.jspecify.annotations.NullMarked;
