/** What a sweep file says, and the trials that it asks for. */
@NullMarked
package org.trimtab.experiments.sweep.plan;

import org.jspecify.annotations.NullMarked;
