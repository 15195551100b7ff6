/** What a run logs, and curves of it in the terminal. */
@NullMarked
package org.trimtab.experiments.watch;

import org.jspecify.annotations.NullMarked;
