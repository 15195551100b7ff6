package org.trimtab.transformer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.trimtab.architecture.AttentionWindow;
import org.trimtab.architecture.Positions;
import org.trimtab.architecture.Rotary;
import org.trimtab.architecture.Wiring;
import org.trimtab.base.Lazy;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * How the rows of one pass stand to each other: what hides one from another, and by how much
 * queries and keys turn. Made once, for all layers that have the same.
 */
final class Relations {
  private final Wiring wiring;
  private final Constants constants;
  private final Layout rows;
  private final int shift;
  private final Lazy<Tensor> hiding;
  private final Map<Map.Entry<AttentionWindow, Boolean>, Tensor> biases = new HashMap<>();
  private final Map<Map.Entry<Rotary, Boolean>, Turning> turnings = new HashMap<>();

  private final Map<Boolean, Tensor> relative = new HashMap<>();

  /**
   * What is the same in each pass.
   *
   * @param frequencies of each rotation, (1, 1, d/2)
   * @param buckets of distances, {@link org.trimtab.architecture.RelativeBuckets#rows()}, (N, 1)
   */
  record Constants(Map<Rotary, Tensor> frequencies, Optional<Tensor> buckets) {
    static Constants of(Wiring wiring, Tensors tensors) {
      Map<Rotary, Tensor> frequencies = new HashMap<>();
      wiring.layers().stream()
          .flatMap(layer -> layer.rotary().stream())
          .distinct()
          .forEach(r -> frequencies.put(r, tensors.of(r.frequencies(), 1, 1, r.width() / 2)));
      Optional<double[]> buckets = wiring.disentangled().map(d -> d.buckets().rows());
      return new Constants(frequencies, buckets.map(rows -> tensors.of(rows, rows.length, 1)));
    }
  }

  /**
   * Of a layer.
   *
   * @param bias (B, 1, 1, S) or (B, 1 or h, R, S), added to scores of R queries and S keys
   * @param ofPrefix (B, 1, R, P), added to scores of P keys of a prefix, where a window may hide
   *     them
   * @param turning queries and keys, where they turn
   * @param relative rows of the table of relative positions (R, S), where there is one
   */
  record OfLayer(
      Tensor bias,
      Optional<Tensor> ofPrefix,
      Optional<Turning> turning,
      Optional<Tensor> relative) {
    /** The same with more added to scores. */
    OfLayer with(Tensor scores) {
      return new OfLayer(bias.add(scores), ofPrefix, turning, relative);
    }

    /** The projections as they meet, queries and keys turned. */
    Passes.Projections turned(Passes.Projections own) {
      return turning
          .map(
              t ->
                  own.with(t.rotary.turn(own.query(), t.queries), t.rotary.turn(own.key(), t.keys)))
          .orElse(own);
    }
  }

  /** By these angles. */
  record Turning(Rotary rotary, Rotary.Turns queries, Rotary.Turns keys) {}

  /**
   * Of a pass.
   *
   * @param constants those of {@code wiring}
   * @param shift by how many positions a prefix moves the text
   */
  Relations(Wiring wiring, Constants constants, Layout rows, int shift) {
    this.wiring = wiring;
    this.constants = constants;
    this.rows = rows;
    this.shift = shift;
    hiding = new Lazy<>(() -> rows.mask().maskBias());
  }

  /** The same of other rows. */
  Relations over(Layout others) {
    return new Relations(wiring, constants, others, shift);
  }

  /** (B, 1, 1, T), hides padding. */
  Tensor hiding() {
    return hiding.get();
  }

  /**
   * Those of {@code layer}.
   *
   * @param read the rows that ask, where these are not all: (B, T, n) to (B, R, n)
   * @param prefix P, how many keys stand before those of the rows
   */
  OfLayer of(int layer, Optional<UnaryOperator<Tensor>> read, int prefix) {
    Wiring.Layer own = wiring.layers().get(layer);
    return new OfLayer(
        bias(own.window(), read),
        ofPrefix(own.window(), read, prefix),
        own.rotary().map(r -> turning(r, read)),
        relative(read));
  }

  private Optional<Tensor> relative(Optional<UnaryOperator<Tensor>> read) {
    return wiring
        .disentangled()
        .map(
            scores ->
                relative.computeIfAbsent(
                    read.isPresent(),
                    key ->
                        scores
                            .buckets()
                            .rowsOf(
                                Positions.sharedDistances(rows.mask(), read),
                                constants.buckets().orElseThrow())));
  }

  private Tensor bias(AttentionWindow window, Optional<UnaryOperator<Tensor>> read) {
    return window.equals(AttentionWindow.ALL)
        ? hiding()
        : biases.computeIfAbsent(
            Map.entry(window, read.isPresent()),
            key -> window.bias(Positions.distances(rows.mask(), read)).orElseThrow().add(hiding()));
  }

  /** A prefix that moves the text stands before it in rows; one that doesn't is seen by all. */
  private Optional<Tensor> ofPrefix(
      AttentionWindow window, Optional<UnaryOperator<Tensor>> read, int prefix) {
    return prefix == 0 || shift == 0 || !window.endsBefore()
        ? Optional.empty()
        : window.bias(Positions.distancesBehind(prefix, rows.mask(), read));
  }

  private Turning turning(Rotary rotary, Optional<UnaryOperator<Tensor>> read) {
    return turnings.computeIfAbsent(
        Map.entry(rotary, read.isPresent()),
        key -> {
          Tensor positions = Positions.counted(rows.counts()).add(shift); // (B, T)
          Tensor turns = Optional.ofNullable(constants.frequencies().get(rotary)).orElseThrow();
          Tensor angles = rotary.angles(positions, turns); // (B, T, d/2)
          Rotary.Turns keys = rotary.turns(angles);
          return new Turning(
              rotary, read.map(r -> rotary.turns(r.apply(angles))).orElse(keys), keys);
        });
  }
}
