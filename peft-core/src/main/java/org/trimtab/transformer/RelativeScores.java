package org.trimtab.transformer;

import static org.trimtab.backbone.Point.KEY;
import static org.trimtab.backbone.Point.QUERY;

import java.util.Optional;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Disentangled;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Rows;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Tensor;
import org.trimtab.transformer.linear.NamedTensors;

/**
 * What a stack's table of relative positions adds to scores (DeBERTa). Where a layer makes keys and
 * queries of the table's rows by the layers that it has for contents, what is contributed to these
 * is contributed to the table's rows, too: else merged weights would compute something else.
 */
final class RelativeScores {
  private final StackSpec spec;
  private final Wiring wiring;
  private final Names names;
  private final Names.Relative relative;
  private final NamedTensors weights;
  private final Disentangled scores;
  private final Linear contents;

  /** The linear layer at a point, of rows of a pass, with what is contributed. */
  @FunctionalInterface
  interface Linear {
    Tensor of(int layer, Point point, Tensor x, Passes passes);
  }

  RelativeScores(
      StackSpec spec,
      Architecture architecture,
      NamedTensors weights,
      Disentangled scores,
      Linear contents) {
    this.spec = spec;
    wiring = architecture.wiring(spec.stack());
    names = architecture.names();
    relative = names.relative().orElseThrow();
    this.weights = weights;
    this.scores = scores;
    this.contents = contents;
  }

  /** {@code relations} with the scores of one pass's rows; a prefix has no positions. */
  Relations.OfLayer added(
      int layer, Pass pass, Passes.Projections own, Relations.OfLayer relations) {
    Tensor table = pass.dropout().hidden(normed()); // (1, N, H)
    Disentangled.Projected positions =
        new Disentangled.Projected(
            projected(scores.contentToPosition(), layer, KEY, table, pass),
            projected(scores.positionToContent(), layer, QUERY, table, pass));
    return Disentangled.scores(
            own.query().mul(wiring.scale()),
            own.key().mul(wiring.scale()),
            positions,
            relations.relative().orElseThrow(),
            spec.heads())
        .map(relations::with)
        .orElse(relations);
  }

  private Tensor normed() {
    Tensor table = weights.get(relative.table()).view(1, -1, spec.hidden());
    return relative
        .norm()
        .map(
            norm ->
                wiring
                    .norm()
                    .of(
                        table,
                        spec.hidden(),
                        weights.get(norm + ".weight"),
                        weights.find(norm + ".bias")))
        .orElse(table);
  }

  private Optional<Tensor> projected(
      boolean asked, int layer, Point point, Tensor table, Pass pass) {
    if (!asked) {
      return Optional.empty();
    }
    return names
        .ofPositions(new Site(spec.stack(), layer, point))
        .map(own -> table.linear(weights.get(own + ".weight"), weights.get(own + ".bias")))
        .or(() -> Optional.of(contents.of(layer, point, table, pass.beside(new Table(table)))));
  }

  /** The rows of the table, all of one kind: (1, N). */
  private record Table(Tensor x) implements Rows {
    @Override
    public Tensor mask() {
      return x.zerosLike().sumAxis(2).add(1);
    }

    @Override
    public Tensor textMask() {
      return mask();
    }

    @Override
    public Tensor place(Prompt prompt, Tensor rows) {
      throw noText();
    }

    @Override
    public Tensor joinWeights(Tensor ofText) {
      throw noText();
    }

    @Override
    public Tensor cls(Tensor rows) {
      throw noText();
    }

    private static IllegalStateException noText() {
      return new IllegalStateException("the rows of a table are no text's");
    }
  }
}
