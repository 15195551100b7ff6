/** The way in for programs: texts to a tuned model, and a saved model to predictions. */
@NullMarked
package org.trimtab;

import org.jspecify.annotations.NullMarked;
