/** The command line. */
@NullMarked
package org.trimtab.experiments.cli;

import org.jspecify.annotations.NullMarked;
