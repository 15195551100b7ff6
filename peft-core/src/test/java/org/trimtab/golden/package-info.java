/** Reading the folder of reference outputs. */
@NullMarked
package org.trimtab.golden;

import org.jspecify.annotations.NullMarked;
