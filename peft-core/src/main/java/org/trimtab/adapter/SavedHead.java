package org.trimtab.adapter;

import java.util.Optional;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.Pooling;

/**
 * The settings of a head that an adapter's files say.
 *
 * @param type as YAML names it
 * @param activation of a dense one
 * @param normed of a dense one
 * @param bias of a linear one
 */
public record SavedHead(
    String type,
    Pooling pooling,
    Optional<DenseHeadConfig.Activation> activation,
    Optional<Boolean> normed,
    Optional<Boolean> bias) {
  /** With what its type has where nothing is said. */
  public SavedHead(String type, Pooling pooling) {
    this(type, pooling, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
