package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Point;
import org.trimtab.method.Forward;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.Encoding;

/**
 * A prefix is a mixture: c = (1 - λ) Attn(q, K, V) + λ Attn(q, P_K, P_V), with λ = Z_P / (Z_P + Z).
 * Checked against sums over one query at a time, for each kind of gate, a gate of 0 among them.
 */
class MixtureTest {
  private static final int HEADS = 4;
  private static final int WIDTH = 4;
  private static final int HIDDEN = HEADS * WIDTH;
  private static final int TEXT = 7;
  private static final int PREFIX = 3;

  @TestFactory
  Stream<DynamicTest> gatedPrefixesAreMixtures() {
    return Stream.of(PrefixGate.values())
        .flatMap(
            gate ->
                Stream.of(0.0, 0.3, 1.0, 2.0)
                    .map(
                        value ->
                            DynamicTest.dynamicTest(gate + " " + value, () -> check(gate, value))));
  }

  private static void check(PrefixGate gate, double value) {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          tiny.model(
              Methods.registry()
                  .create(
                      config(gate, value),
                      new org.trimtab.method.Setup(
                          tiny.backbone(),
                          tiny.setup(1).init(),
                          org.trimtab.method.Vocabulary.NONE,
                          Methods.registry())));
      tiny.randomize(model);
      Map<Point, double[]> seen = new EnumMap<>(Point.class);
      Input input = Tiny.batch().input(tiny.backbone());
      Contribution own = model.module().contribute(new Forward(Dropout.OFF));
      model
          .backbone()
          .forward(input, Contributions.sum(List.of(own, watch(tiny, seen))), Dropout.OFF);
      double[] table =
          tiny.tensors()
              .doubles(model.params().find("prefix.prompt_embeddings").orElseThrow().value());
      int[] lengths = Tiny.batch().choices().stream().mapToInt(Encoding::length).toArray();
      for (int row = 0; row < lengths.length; row++) {
        for (int t = 0; t < lengths[row]; t++) {
          Query query = new Query(seen, table, row, t, lengths[row]);
          query.check(gate, value);
        }
      }
    }
  }

  private static UniPeltConfig config(PrefixGate gate, double value) {
    return new UniPeltConfig(
        ContractTest.parts("prefix", ContractTest.prefix(PrefixReparameterization.NONE, false)),
        List.of(),
        List.of(),
        Gating.FIXED,
        value,
        GateInput.MODULE,
        Reduction.MASKED_MEAN,
        gate,
        0.02);
  }

  /** Notes what the first layer's attention is made of. */
  private static Contribution watch(Tiny tiny, Map<Point, double[]> seen) {
    return new Contribution() {
      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        if (at.site().layer() == 0) {
          seen.put(at.site().point(), tiny.tensors().doubles(out));
        }
        return Optional.empty();
      }
    };
  }

  /** One query of one example, in plain sums. */
  private record Query(Map<Point, double[]> seen, double[] table, int row, int t, int length) {
    void check(PrefixGate gate, double g) {
      for (int head = 0; head < HEADS; head++) {
        boolean scaled = gate == PrefixGate.SCALE_KV;
        double own = 0;
        double prefix = 0;
        double[] ofText = new double[WIDTH];
        double[] ofPrefix = new double[WIDTH];
        for (int j = 0; j < length; j++) {
          double weight = Math.exp(score(head, at(Point.KEY), (row * TEXT + j) * HIDDEN, 1));
          own += weight;
          add(ofText, at(Point.VALUE), (row * TEXT + j) * HIDDEN + head * WIDTH, weight);
        }
        for (int j = 0; j < PREFIX; j++) {
          double weight = Math.exp(score(head, table, j * 4 * HIDDEN, scaled ? g : 1));
          prefix += weight;
          add(ofPrefix, table, (j * 4 + 1) * HIDDEN + head * WIDTH, weight);
        }
        double share = gate == PrefixGate.LOG ? g * prefix : prefix;
        double lambda = share / (share + own);
        double scale = gate == PrefixGate.LOG ? 1 : g;
        for (int i = 0; i < WIDTH; i++) {
          double expected = (1 - lambda) * ofText[i] / own + lambda * scale * ofPrefix[i] / prefix;
          assertThat(at(Point.ATTENTION_INNER)[(row * TEXT + t) * HIDDEN + head * WIDTH + i])
              .isCloseTo(expected, within(1e-12));
        }
      }
    }

    private double[] at(Point point) {
      return Optional.ofNullable(seen.get(point)).orElseThrow();
    }

    /** q · g k / √d, the key's row beginning at {@code from}. */
    private double score(int head, double[] keys, int from, double g) {
      double sum = 0;
      for (int i = head * WIDTH; i < (head + 1) * WIDTH; i++) {
        sum += at(Point.QUERY)[(row * TEXT + t) * HIDDEN + i] * g * keys[from + i];
      }
      return sum / Math.sqrt(WIDTH);
    }

    private static void add(double[] to, double[] values, int from, double weight) {
      for (int i = 0; i < to.length; i++) {
        to[i] += weight * values[from + i];
      }
    }
  }
}
