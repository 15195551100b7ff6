package org.trimtab.methods.unipelt;

import java.util.Optional;
import org.trimtab.backbone.KeyValue;
import org.trimtab.tensor.Tensor;

/** What a gate g (B, 1, 1) does to a prefix. */
public enum PrefixGate {
  /** g K and g V: at g = 0 the prefix still takes its share of attention. */
  SCALE_KV {
    @Override
    KeyValue of(KeyValue prefix, Tensor g) {
      return new KeyValue(
          prefix.length(), prefix.key().mul(g), prefix.value().mul(g), prefix.logits());
    }
  },
  /** g V. */
  SCALE_V {
    @Override
    KeyValue of(KeyValue prefix, Tensor g) {
      return new KeyValue(prefix.length(), prefix.key(), prefix.value().mul(g), prefix.logits());
    }
  },
  /** The scores of the prefix get ln g: g = 1 is the plain prefix, g → 0 no prefix. */
  LOG {
    @Override
    KeyValue of(KeyValue prefix, Tensor g) {
      Tensor offset = g.log().view(0, 0, 1, 1);
      Tensor logits = prefix.logits().map(offset::add).orElse(offset);
      return new KeyValue(prefix.length(), prefix.key(), prefix.value(), Optional.of(logits));
    }
  };

  abstract KeyValue of(KeyValue prefix, Tensor g);
}
