/** The adapter folders of the adapters library (AdapterHub), read and written. */
@NullMarked
package org.trimtab.adapterhub.file;

import org.jspecify.annotations.NullMarked;
