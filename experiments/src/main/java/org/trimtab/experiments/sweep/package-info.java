/** Many trials as one: scheduled, run, gone on with after whatever happened. */
@NullMarked
package org.trimtab.experiments.sweep;

import org.jspecify.annotations.NullMarked;
