/** What is said of a sweep: tables with intervals and tests, curves, and where all came from. */
@NullMarked
package org.trimtab.experiments.report;

import org.jspecify.annotations.NullMarked;
