/** Residual Prompt Tuning. */
@NullMarked
package org.trimtab.methods.residualprompt;

import org.jspecify.annotations.NullMarked;
