/** The report of a sweep: one HTML file that needs nothing else. */
@NullMarked
package org.trimtab.experiments.report;

import org.jspecify.annotations.NullMarked;
