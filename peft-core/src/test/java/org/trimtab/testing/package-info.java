/** What the tests of every method share: tiny backbones and exact gradient checks. */
@NullMarked
package org.trimtab.testing;

import org.jspecify.annotations.NullMarked;
