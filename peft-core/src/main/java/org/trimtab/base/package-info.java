/** What everybody may use: errors, checks, files of text, files that are replaced whole, hashes. */
@NullMarked
package org.trimtab.base;

import org.jspecify.annotations.NullMarked;
