/** What a training minimises: the loss of a step, of one model and pass or of several. */
@NullMarked
package org.trimtab.recipe;

import org.jspecify.annotations.NullMarked;
