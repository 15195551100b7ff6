/** IDPG. */
@NullMarked
package org.trimtab.methods.idpg;

import org.jspecify.annotations.NullMarked;
