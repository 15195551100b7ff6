/** What native libraries need of a machine before they are loaded, and what memory it has. */
@NullMarked
package org.trimtab.engine;

import org.jspecify.annotations.NullMarked;
