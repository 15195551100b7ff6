/** What a model's layers are: data that a family reads off its configuration. */
@NullMarked
package org.trimtab.architecture;

import org.jspecify.annotations.NullMarked;
