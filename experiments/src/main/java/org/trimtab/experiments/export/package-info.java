/** Saved models in the formats of others. */
@NullMarked
package org.trimtab.experiments.export;

import org.jspecify.annotations.NullMarked;
