package org.trimtab.adapter;

import org.trimtab.head.Pooling;

/**
 * The settings of a head that an adapter's files say.
 *
 * @param type as YAML names it
 */
public record SavedHead(String type, Pooling pooling) {}
