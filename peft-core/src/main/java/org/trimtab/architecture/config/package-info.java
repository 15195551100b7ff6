/** What families read of a {@code config.json}. */
@NullMarked
package org.trimtab.architecture.config;

import org.jspecify.annotations.NullMarked;
