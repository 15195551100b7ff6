/** What an experiment file says. */
@NullMarked
package org.trimtab.experiments.config;

import org.jspecify.annotations.NullMarked;
