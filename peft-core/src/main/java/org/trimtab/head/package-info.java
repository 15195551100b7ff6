/** What a task puts on top of a backbone: layers, losses and what they predict. */
@NullMarked
package org.trimtab.head;

import org.jspecify.annotations.NullMarked;
