/** P-tuning. */
@NullMarked
package org.trimtab.methods.ptuning;

import org.jspecify.annotations.NullMarked;
