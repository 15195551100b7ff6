/** What a trial reads: backbone and data, and what of them is kept for other trials. */
@NullMarked
package org.trimtab.experiments.trial.input;

import org.jspecify.annotations.NullMarked;
