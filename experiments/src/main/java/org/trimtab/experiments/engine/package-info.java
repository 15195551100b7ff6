/** What computes the predictions of saved models. */
@NullMarked
package org.trimtab.experiments.engine;

import org.jspecify.annotations.NullMarked;
