/** An MLflow tracking server, by its REST API. */
@NullMarked
package org.trimtab.experiments.track.mlflow;

import org.jspecify.annotations.NullMarked;
