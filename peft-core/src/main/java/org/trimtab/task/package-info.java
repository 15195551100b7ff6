/** Tasks: examples, splits, and what a task says of them. */
@NullMarked
package org.trimtab.task;

import org.jspecify.annotations.NullMarked;
