/** Many tuned models over one backbone, in one pass. */
@NullMarked
package org.trimtab.bank;

import org.jspecify.annotations.NullMarked;
