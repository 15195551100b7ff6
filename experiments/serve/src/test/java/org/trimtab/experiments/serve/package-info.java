@NullMarked
package org.trimtab.experiments.serve;

import org.jspecify.annotations.NullMarked;
