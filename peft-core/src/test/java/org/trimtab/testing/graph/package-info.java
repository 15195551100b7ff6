/**
 * A backing of the tensor port that computes nothing: it records a forward pass as a graph of
 * operations with their shapes.
 */
@NullMarked
package org.trimtab.testing.graph;

import org.jspecify.annotations.NullMarked;
