/** How well predictions fit: the benchmarks' metrics. */
@NullMarked
package org.trimtab.task.score;

import org.jspecify.annotations.NullMarked;
