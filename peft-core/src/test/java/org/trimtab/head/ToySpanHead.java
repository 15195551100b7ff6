package org.trimtab.head;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.ReadRows;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.batch.SpanWeights;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.TokenRange;

/** A class for each marked span of a text; spans that nobody marked are sampled as class 0. */
final class ToySpanHead implements TaskHead<ToySpanHead.Classes> {
  private final Config config;
  private final Tensors tensors;
  private final Params params = new Params();
  private final Tensor weight;
  private final Tensor bias;

  /** Those of a text's spans, in their order. */
  record Classes(List<Integer> ofSpans) {}

  /**
   * Settings.
   *
   * @param classes C
   * @param negatives sampled spans of each text
   */
  record Config(int classes, int negatives) implements HeadConfig {
    @Override
    public <Y> TaskHead<Y> create(TaskSpec<Y> task, Backbone backbone, Init init) {
      return task.requireValues(Classes.class, new ToySpanHead(this, backbone, init));
    }
  }

  private ToySpanHead(Config config, Backbone backbone, Init init) {
    this.config = config;
    tensors = backbone.tensors();
    int hidden = backbone.spec().hidden();
    weight = params.add("head", "spans.weight", init.normal(0.3, config.classes(), hidden));
    bias = params.add("head", "spans.bias", init.zeros(config.classes()));
  }

  @Override
  public Params params() {
    return params;
  }

  /** Any row of the text may be sampled. */
  @Override
  public Set<ReadRows> reads() {
    return EnumSet.of(ReadRows.TEXT);
  }

  @Override
  public Tensor loss(Hidden hidden, Labelled<Classes> batch, Randomness randomness) {
    Random random = randomness.stream("negatives");
    List<List<TokenRange>> spans = new ArrayList<>();
    List<List<Integer>> gold = new ArrayList<>();
    List<Encoding> texts = batch.batch().choices();
    for (int i = 0; i < texts.size(); i++) {
      spans.add(new ArrayList<>(texts.get(i).spans()));
      gold.add(new ArrayList<>(batch.gold().get(i).ofSpans()));
      for (int n = 0; n < config.negatives(); n++) {
        spans.get(i).add(unmarked(texts.get(i), random));
        gold.get(i).add(0);
      }
    }
    int count = gold.stream().mapToInt(List::size).sum();
    Tensor right = scores(hidden, spans, batch.batch()).logSoftmax().mul(oneHot(gold)); // (B, S, C)
    return right.sumLast().sumAxis(1).mean().mul(-1.0 * texts.size() / count);
  }

  private static TokenRange unmarked(Encoding text, Random random) {
    TokenRange drawn;
    do {
      int from = random.nextInt(text.length());
      drawn = new TokenRange(from, from + 1 + random.nextInt(text.length() - from));
    } while (text.spans().contains(drawn));
    return drawn;
  }

  /** (B, S, C); zeros where a text has fewer spans. */
  private Tensor oneHot(List<List<Integer>> gold) {
    int most = gold.stream().mapToInt(List::size).max().orElseThrow();
    double[] oneHot = new double[gold.size() * most * config.classes()];
    for (int text = 0; text < gold.size(); text++) {
      for (int s = 0; s < gold.get(text).size(); s++) {
        oneHot[(text * most + s) * config.classes() + gold.get(text).get(s)] = 1;
      }
    }
    return tensors.of(oneHot, gold.size(), most, config.classes());
  }

  private Tensor scores(Hidden hidden, List<List<TokenRange>> spans, Batch batch) {
    Tensor weights = SpanWeights.of(spans, batch.width(), tensors).orElseThrow(); // (B, S, T)
    Tensor means = hidden.rows().joinWeights(weights).matmul(hidden.states()); // (B, S, H)
    return means.linear(weight, bias);
  }

  /** Of the marked spans alone. */
  @Override
  public Map<String, Tensor> outputs(Hidden hidden) {
    Tensor means = hidden.spans().orElseThrow().matmul(hidden.states()); // (B, S, H)
    return Map.of("spans", means.linear(weight, bias).softmax());
  }

  @Override
  public List<Prediction<Classes>> predict(Map<String, HostTensor> outputs, Batch batch) {
    List<List<TokenRange>> spans = batch.choices().stream().map(Encoding::spans).toList();
    double[] flat = TaskHead.output(outputs, "spans").doubles();
    int most = flat.length / spans.size() / config.classes();
    List<Prediction<Classes>> predictions = new ArrayList<>();
    for (int text = 0; text < spans.size(); text++) {
      int from = text * most * config.classes();
      int to = from + spans.get(text).size() * config.classes();
      List<Double> scores = IntStream.range(from, to).mapToObj(i -> flat[i]).toList();
      predictions.add(new Prediction<>(classes(scores), scores));
    }
    return predictions;
  }

  private Classes classes(List<Double> scores) {
    List<Integer> classes = new ArrayList<>();
    for (int from = 0; from < scores.size(); from += config.classes()) {
      List<Double> own = scores.subList(from, from + config.classes());
      classes.add(own.indexOf(Collections.max(own)));
    }
    return new Classes(classes);
  }
}
