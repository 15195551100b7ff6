/** Prompt tuning. */
@NullMarked
package org.trimtab.methods.prompt;

import org.jspecify.annotations.NullMarked;
