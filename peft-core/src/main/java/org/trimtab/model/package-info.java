/** A backbone, a method's module and a head as one model, and its predictions. */
@NullMarked
package org.trimtab.model;

import org.jspecify.annotations.NullMarked;
