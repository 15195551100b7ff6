/** The kinds of tasks that YAML can describe. */
@NullMarked
package org.trimtab.task.type;

import org.jspecify.annotations.NullMarked;
