/** What shows a run: TensorBoard's event files, and curves in the terminal. */
@NullMarked
package org.trimtab.experiments.watch;

import org.jspecify.annotations.NullMarked;
