package org.trimtab.methods.prefix;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/**
 * Where prefixes go, and what they do to positions.
 *
 * @param config settings
 * @param attentions the n sites, in the order of the table's layers
 * @param width H, of the keys and values of all of them
 */
record Prefix(PrefixConfig config, List<Site> attentions, int width) {
  static Prefix of(PrefixConfig config, Setup setup) {
    int layers = setup.spec().layers();
    for (int layer : config.layers()) {
      if (layer < 0 || layer >= layers) {
        throw new Invalid("layers", "found " + layer + "; allowed 0 to " + (layers - 1));
      }
    }
    List<Site> sites =
        setup.spec().sites(EnumSet.of(Point.ATTENTION)).stream()
            .filter(s -> config.layers().isEmpty() || config.layers().contains(s.layer()))
            .toList();
    return new Prefix(config, sites, width(sites, setup.spec()));
  }

  private static int width(List<Site> attentions, BackboneSpec spec) {
    List<Integer> widths =
        attentions.stream().map(at -> spec.outputWidth(at.beside(Point.KEY))).distinct().toList();
    if (widths.size() != 1) {
      throw new Invalid(
          "layers", "one table makes keys of one width; found attentions of the widths " + widths);
    }
    return widths.get(0);
  }

  /** Of the table: 2 n H. */
  int columns() {
    return 2 * attentions.size() * width;
  }

  /** The text of each stack that has a prefix moves, where it moves. */
  int shift(Stack stack) {
    boolean has = attentions.stream().anyMatch(site -> site.stack() == stack);
    return config.shiftPositions() && has ? config.length() : 0;
  }

  /**
   * A contribution of the keys and values of {@code table} (P, 2 n H): for the n attentions in
   * turn, keys, then values.
   */
  Contribution of(Tensor table, Forward forward) {
    Tensor byLayer = table.view(config.length(), 2L * attentions.size(), -1);
    return new Contribution() {
      @Override
      public boolean visits(Site site) {
        return attentions.contains(site);
      }

      /** Keys and values come before all rows alike. */
      @Override
      public boolean rowwise(Site site) {
        return true;
      }

      @Override
      public int shift(Stack stack) {
        return Prefix.this.shift(stack);
      }

      @Override
      public Optional<KeyValue> prefix(At at) {
        int index = attentions.indexOf(at.site());
        return index < 0
            ? Optional.empty()
            : Optional.of(
                new KeyValue(
                    config.length(),
                    rows(byLayer, 2L * index, at, forward),
                    rows(byLayer, 2L * index + 1, at, forward)));
      }
    };
  }

  private Tensor rows(Tensor byLayer, long index, At at, Forward forward) {
    Tensor own = byLayer.rows(index, index + 1).view(config.length(), -1).batched(at.in());
    return forward.dropout().apply(own, config.dropout());
  }
}
