/** What runs experiments from YAML files. */
@NullMarked
package org.trimtab.experiments;

import org.jspecify.annotations.NullMarked;
