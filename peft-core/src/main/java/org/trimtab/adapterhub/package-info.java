/** What a method says of its form in the files of the adapters library (AdapterHub). */
@NullMarked
package org.trimtab.adapterhub;

import org.jspecify.annotations.NullMarked;
