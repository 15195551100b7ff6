/** DePT. */
@NullMarked
package org.trimtab.methods.dept;

import org.jspecify.annotations.NullMarked;
