/** One experiment with one seed: built, trained, and read back. */
@NullMarked
package org.trimtab.experiments.trial;

import org.jspecify.annotations.NullMarked;
