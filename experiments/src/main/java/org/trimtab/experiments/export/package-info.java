/** Trained models in the files of other programs. */
@NullMarked
package org.trimtab.experiments.export;

import org.jspecify.annotations.NullMarked;
