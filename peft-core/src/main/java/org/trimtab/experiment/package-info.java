/** What an experiment says: YAML into records, with the defaults of all that it doesn't say. */
@NullMarked
package org.trimtab.experiment;

import org.jspecify.annotations.NullMarked;
