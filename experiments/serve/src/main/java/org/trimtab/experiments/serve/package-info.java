/** Predictions over HTTP: routes, a queue that makes batches, metrics. */
@NullMarked
package org.trimtab.experiments.serve;

import org.jspecify.annotations.NullMarked;
