/** Models of experiments: put together, trained on a task's splits, saved and loaded. */
@NullMarked
package org.trimtab.tuning;

import org.jspecify.annotations.NullMarked;
