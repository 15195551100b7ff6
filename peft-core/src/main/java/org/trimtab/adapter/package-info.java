/** Adapters that other libraries have saved, whichever it was. */
@NullMarked
package org.trimtab.adapter;

import org.jspecify.annotations.NullMarked;
