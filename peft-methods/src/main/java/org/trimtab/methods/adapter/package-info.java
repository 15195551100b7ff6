/** Bottleneck adapters. */
@NullMarked
package org.trimtab.methods.adapter;

import org.jspecify.annotations.NullMarked;
