/** Sweeps on Apache Spark: a trial is a job of one task, an executor runs one at a time. */
@NullMarked
package org.trimtab.experiments.spark;

import org.jspecify.annotations.NullMarked;
