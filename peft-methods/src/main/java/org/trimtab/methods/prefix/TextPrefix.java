package org.trimtab.methods.prefix;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** Keys and values that the frozen model has for a text. */
final class TextPrefix {
  private final Prefix prefix;
  private final Setup setup;

  TextPrefix(Prefix prefix, Setup setup) {
    this.prefix = prefix;
    this.setup = setup;
  }

  /** (P, 2 n H) of {@code text}, cut to P tokens, or repeated. */
  Tensor table(String text) {
    long[] words = setup.vocabulary().tokenIds(text);
    if (words.length == 0) {
      throw new Invalid("initText", "has no tokens; found '" + text + "'");
    }
    int length = prefix.config().length();
    long[] ids = new long[length];
    Arrays.setAll(ids, i -> words[i % words.length]);
    Map<Site, double[]> seen = setup.backbone().tensors().freeing(() -> seen(ids));
    int width = prefix.width();
    int columns = 2 * prefix.attentions().size();
    double[] table = new double[length * columns * width];
    for (int column = 0; column < columns; column++) {
      Site attention = prefix.attentions().get(column / 2);
      Point point = column % 2 == 0 ? Point.KEY : Point.VALUE;
      double[] rows = Optional.ofNullable(seen.get(attention.beside(point))).orElseThrow();
      for (int row = 0; row < length; row++) {
        int to = (row * columns + column) * width;
        System.arraycopy(rows, row * width, table, to, width);
      }
    }
    return setup.init().tensors().of(table, length, (long) columns * width);
  }

  private Map<Site, double[]> seen(long... ids) {
    Backbone backbone = setup.backbone();
    Tensors tensors = backbone.tensors();
    double[] mask = new double[ids.length];
    Arrays.fill(mask, 1);
    Input input =
        new Input(
            tensors.of(ids, 1, ids.length),
            tensors.of(new long[ids.length], 1, ids.length),
            tensors.of(mask, 1, ids.length));
    Map<Site, double[]> seen = new LinkedHashMap<>();
    backbone.forward(
        input,
        new Contribution() {
          @Override
          public boolean visits(Site site) {
            return site.point() == Point.KEY || site.point() == Point.VALUE;
          }

          @Override
          public Optional<Tensor> delta(At at, Tensor out) {
            if (visits(at.site())) {
              seen.put(at.site(), tensors.doubles(out));
            }
            return Optional.empty();
          }
        },
        Dropout.OFF);
    return seen;
  }
}
