/** What serving predictions needs of saved runs, and of what serves them. */
@NullMarked
package org.trimtab.experiments.serving;

import org.jspecify.annotations.NullMarked;
