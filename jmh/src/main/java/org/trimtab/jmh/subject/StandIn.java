package org.trimtab.jmh.subject;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.trimtab.backbone.At;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Rows;
import org.trimtab.backbone.Site;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * A pass without a backbone: at each site it asks a contribution for what it adds to fixed states,
 * and computes nothing else but the mean of what it got. What that costs is the method's own.
 *
 * <p>States are those of one batch with {@code promptRows} rows before the text, whatever they hold
 * and wherever a method places its rows: only shapes matter here.
 */
final class StandIn {
  private static final int POOLED = 1;
  private final BackboneSpec spec;
  private final int size;
  private final int rows;
  private final Tensors tensors;
  private final Tensor text;
  private final Rows textOnly;
  private final Rows all;
  private final List<Tensor> states = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  StandIn(BackboneSpec spec, BatchShape shape, int promptRows, Tensors tensors) {
    this.spec = spec;
    this.tensors = tensors;
    size = shape.size();
    rows = shape.length() + promptRows;
    int hidden = spec.textStack().hidden();
    text = random(size, shape.length(), hidden);
    textOnly = new FixedRows(tensors, size, shape.length(), 0);
    all = new FixedRows(tensors, size, shape.length(), promptRows);
    for (int width : List.of(hidden, spec.textStack().ffn())) {
      widths.add(width);
      states.add(random(size, rows, width));
    }
    widths.add(-POOLED);
    states.add(random(size, POOLED, hidden));
  }

  private Tensor random(int batch, int length, int width) {
    Random random = new Random(batch * 31L + width);
    double[] values = random.doubles((long) batch * length * width, -1, 1).toArray();
    return tensors.of(values, batch, length, width);
  }

  /** The sum of the means of all that {@code contribution} adds, a scalar. */
  Tensor pass(Contribution contribution) {
    List<Tensor> added = new ArrayList<>();
    for (Site site : spec.sites(EnumSet.allOf(Point.class))) {
      if (contribution.visits(site)) {
        visit(site, contribution, added);
      }
    }
    return added.stream()
        .map(Tensor::mean)
        .reduce(Tensor::add)
        .orElseThrow(() -> new IllegalStateException("the method adds nothing"));
  }

  private void visit(Site site, Contribution contribution, List<Tensor> added) {
    At at = at(site);
    if (site.point() == Point.EMBEDDING) {
      contribution.prompts(at).stream().map(Prompt::rows).forEach(added::add);
    }
    if (site.point() == Point.ATTENTION) {
      contribution
          .prefix(at)
          .ifPresent(
              prefix -> {
                added.add(prefix.key());
                added.add(prefix.value());
                prefix.logits().ifPresent(added::add);
              });
    }
    contribution.delta(at, out(site)).ifPresent(added::add);
  }

  private At at(Site site) {
    if (site.point() == Point.EMBEDDING) {
      return new At(site, text, textOnly);
    }
    Tensor in = states(site, spec.inputWidth(site));
    return site.point().role() == Role.BRANCH
        ? new At(site, in, all, branch -> branch)
        : new At(site, in, all);
  }

  private Tensor out(Site site) {
    return site.point() == Point.EMBEDDING ? text : states(site, spec.outputWidth(site));
  }

  private Tensor states(Site site, int width) {
    return states.get(widths.indexOf(site.point() == Point.POOLER ? -POOLED : width));
  }
}
