/**
 * What everybody may use: errors, checks, hashes, files that are replaced whole, lines of text
 * files.
 */
@NullMarked
package org.trimtab.base;

import org.jspecify.annotations.NullMarked;
