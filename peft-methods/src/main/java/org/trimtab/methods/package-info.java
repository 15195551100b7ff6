/** The methods that come with Trimtab. */
@NullMarked
package org.trimtab.methods;

import org.jspecify.annotations.NullMarked;
