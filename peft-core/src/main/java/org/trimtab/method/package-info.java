/** The plug-in interface of tuning methods. */
@NullMarked
package org.trimtab.method;

import org.jspecify.annotations.NullMarked;
