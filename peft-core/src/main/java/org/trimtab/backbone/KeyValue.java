package org.trimtab.backbone;

import java.util.Optional;
import org.trimtab.tensor.Tensor;

/**
 * Keys and values to put before one attention's own, after projection.
 *
 * @param length P, beside the tensors for the reason that {@link Prompt} has
 * @param key (B, P, H)
 * @param value (B, P, H)
 * @param logits added to the attention's scores of these keys, broadcastable to (B, h, T, P)
 */
public record KeyValue(int length, Tensor key, Tensor value, Optional<Tensor> logits) {
  /** Keys and values whose scores stay as they are. */
  public KeyValue(int length, Tensor key, Tensor value) {
    this(length, key, value, Optional.empty());
  }
}
