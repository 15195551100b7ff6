/** Many trials as one: planned, run by several processes, gone on with after whatever happened. */
@NullMarked
package org.trimtab.experiments.sweep;

import org.jspecify.annotations.NullMarked;
