/** The families that come along. */
@NullMarked
package org.trimtab.family;

import org.jspecify.annotations.NullMarked;
