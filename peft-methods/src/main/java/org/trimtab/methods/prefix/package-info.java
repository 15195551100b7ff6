/** Prefix tuning and P-tuning v2. */
@NullMarked
package org.trimtab.methods.prefix;

import org.jspecify.annotations.NullMarked;
