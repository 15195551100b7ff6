/** Reads examples of tables, of JSON lines, and the values and places that they mark. */
@NullMarked
package org.trimtab.task.read;

import org.jspecify.annotations.NullMarked;
