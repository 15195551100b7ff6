/** Tests of the benchmarks. */
@NullMarked
package org.trimtab.jmh;

import org.jspecify.annotations.NullMarked;
