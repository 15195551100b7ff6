/** This process: the code that it runs, the machine that it runs on, the memory that it takes. */
@NullMarked
package org.trimtab.experiments.process;

import org.jspecify.annotations.NullMarked;
