/** What the benchmarks measure: presets, batches, models and banks, ready to run. */
@NullMarked
package org.trimtab.jmh.subject;

import org.jspecify.annotations.NullMarked;
