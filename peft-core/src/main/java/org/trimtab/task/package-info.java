/** Tasks: examples, metrics, batches and heads. */
@NullMarked
package org.trimtab.task;

import org.jspecify.annotations.NullMarked;
