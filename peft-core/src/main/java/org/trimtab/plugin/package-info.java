/** What a jar offers, and every known method and type of settings by its name. */
@NullMarked
package org.trimtab.plugin;

import org.jspecify.annotations.NullMarked;
