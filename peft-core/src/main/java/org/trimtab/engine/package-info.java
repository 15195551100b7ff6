/** What native libraries need of a machine before they are loaded. */
@NullMarked
package org.trimtab.engine;

import org.jspecify.annotations.NullMarked;
