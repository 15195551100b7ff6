/** Experiment files: strict YAML into records. */
@NullMarked
package org.trimtab.config;

import org.jspecify.annotations.NullMarked;
