/** JSON, and the error that a user can mend: what every other package may use. */
@NullMarked
package org.trimtab.json;

import org.jspecify.annotations.NullMarked;
