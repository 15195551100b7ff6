package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.backbone.Dropout;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.model.Model;
import org.trimtab.testing.Tiny;

/** Where padding counts, it is the id that the family pads with: computed again in plain sums. */
class PaddingTest {
  private static final int HIDDEN = 16;
  private static final int WIDTH = 7;

  private static Model<Integer> model(Tiny tiny, MethodConfig config) {
    Setup setup =
        new Setup(tiny.backbone(), tiny.setup(1).init(), Vocabulary.NONE, Methods.registry());
    Model<Integer> model = tiny.model(Methods.registry().create(config, setup));
    tiny.randomize(model);
    return model;
  }

  private static double[] traced(Tiny tiny, Model<Integer> model, String name) {
    Map<String, double[]> seen = new LinkedHashMap<>();
    Tiny.scores(model, Tiny.batch(), Dropout.OFF, (n, v) -> seen.put(n, tiny.tensors().doubles(v)));
    return Optional.ofNullable(seen.get(name)).orElseThrow();
  }

  private static double[] param(Tiny tiny, Model<Integer> model, String name) {
    return tiny.tensors().doubles(model.params().find(name).orElseThrow().value());
  }

  private static double[] row(Tiny tiny, String table, int row) {
    double[] all =
        tiny.tensors()
            .doubles(Optional.ofNullable(tiny.backbone().weights().get(table)).orElseThrow());
    return Arrays.copyOfRange(all, row * HIDDEN, (row + 1) * HIDDEN);
  }

  private static double[] norm(double[] x, double[] gain, double[] bias, double epsilon) {
    double mean = DoubleStream.of(x).average().orElseThrow();
    double variance = DoubleStream.of(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return IntStream.range(0, x.length)
        .mapToDouble(i -> (x[i] - mean) / Math.sqrt(variance + epsilon) * gain[i] + bias[i])
        .toArray();
  }

  private static double[] times(double[] matrix, double[] x) {
    return IntStream.range(0, matrix.length / x.length)
        .mapToDouble(
            out ->
                IntStream.range(0, x.length)
                    .mapToDouble(i -> matrix[out * x.length + i] * x[i])
                    .sum())
        .toArray();
  }

  /**
   * The embedded row {@code position} of the text {@code text}, padding of {@code pad} included.
   */
  private static double[] embedded(Tiny tiny, int text, int position, int pad) {
    int[] tokens = ids(text);
    boolean real = position < tokens.length;
    boolean counted = tiny.backbone().spec().family().equals("roberta");
    int place = counted ? (real ? pad + 1 + position : pad) : position;
    double[] word = row(tiny, "embeddings.word_embeddings.weight", real ? tokens[position] : pad);
    double[] at = row(tiny, "embeddings.position_embeddings.weight", place);
    double[] type = row(tiny, "embeddings.token_type_embeddings.weight", 0);
    double[] sum = IntStream.range(0, HIDDEN).mapToDouble(i -> word[i] + at[i] + type[i]).toArray();
    return norm(
        sum,
        row(tiny, "embeddings.LayerNorm.weight", 0),
        row(tiny, "embeddings.LayerNorm.bias", 0),
        1e-12);
  }

  private static int[] ids(int text) {
    return LongStream.of(Tiny.batch().choices().get(text).ids()).mapToInt(id -> (int) id).toArray();
  }

  @ParameterizedTest
  @CsvSource({"bert, 0", "roberta, 1"})
  void anUnmaskedGateCountsRowsOfTheFamilysPadding(String family, int pad) {
    try (Tiny tiny = Tiny.of(family)) {
      Model<Integer> model =
          model(
              tiny,
              new UniPeltConfig(
                  ContractTest.parts("lora", Loras.of(2, 2, "query").config()),
                  List.of(),
                  List.of(),
                  Gating.PER_MODULE,
                  1,
                  GateInput.MODULE,
                  Reduction.UNMASKED_MEAN,
                  PrefixGate.SCALE_KV,
                  0.5));
      String name = "lora.gate.encoder.layer.0.attention.self.query";
      double[] w = param(tiny, model, name + ".weight");
      double b = param(tiny, model, name + ".bias")[0];
      double[] gates = traced(tiny, model, name);
      for (int text = 0; text < 4; text++) {
        int t = text;
        double mean =
            IntStream.range(0, WIDTH)
                .mapToDouble(at -> times(w, embedded(tiny, t, at, pad))[0] + b)
                .map(x -> 1 / (1 + Math.exp(-x)))
                .average()
                .orElseThrow();
        assertThat(gates[text]).isCloseTo(mean, within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"bert, 0", "roberta, 1"})
  void attemptsMaximumSeesTheWordOfTheFamilysPadding(String family, int pad) {
    try (Tiny tiny = Tiny.of(family)) {
      Model<Integer> model = model(tiny, ContractTest.attempt(true));
      double[] own = traced(tiny, model, "attention.own");
      for (int text = 0; text < 4; text++) {
        assertThat(own[text]).isCloseTo(own(tiny, model, text, pad), within(1e-9));
      }
      assertThat(own[0]).isNotCloseTo(own(tiny, model, 0, 1 - pad), within(1e-5));
    }
  }

  /** The attention's share of the task's own prompt. */
  private static double own(Tiny tiny, Model<Integer> model, int text, int pad) {
    double[] largest = new double[HIDDEN];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    int[] tokens = ids(text);
    for (int at = 0; at < WIDTH; at++) {
      int id = at < tokens.length ? tokens[at] : pad;
      double[] word = row(tiny, "embeddings.word_embeddings.weight", id);
      Arrays.setAll(largest, i -> Math.max(largest[i], word[i]));
    }
    double[] inside =
        DoubleStream.of(times(param(tiny, model, "attention.down.weight"), largest))
            .map(x -> x / (1 + Math.exp(-x)))
            .toArray();
    double[] query =
        norm(
            times(param(tiny, model, "attention.up.weight"), inside),
            param(tiny, model, "attention.norm.weight"),
            param(tiny, model, "attention.norm.bias"),
            1e-5);
    double temperature = ContractTest.attempt(true).temperature() * HIDDEN;
    List<double[]> prompts = new ArrayList<>();
    model.module().constants().values().forEach(p -> prompts.add(tiny.tensors().doubles(p)));
    prompts.add(param(tiny, model, "prompt_embeddings"));
    double[] shares =
        prompts.stream().mapToDouble(p -> Math.exp(score(p, query) / temperature)).toArray();
    return shares[shares.length - 1] / DoubleStream.of(shares).sum();
  }

  private static double score(double[] prompt, double[] query) {
    return IntStream.range(0, HIDDEN)
        .mapToDouble(
            i ->
                query[i]
                    * IntStream.range(0, prompt.length / HIDDEN)
                        .mapToDouble(p -> prompt[p * HIDDEN + i])
                        .max()
                        .orElseThrow())
        .sum();
  }
}
