/** Predictions in the form that benchmarks take. */
@NullMarked
package org.trimtab.experiments.submit;

import org.jspecify.annotations.NullMarked;
