package org.trimtab.head;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.ReadRows;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.Encoding;

/** Says each token of a text of its own state; what is right stands in the batch itself. */
final class ToyLanguageModelHead implements TaskHead<ToyLanguageModelHead.Tokens> {
  private final Tensors tensors;
  private final Params params = new Params();
  private final Tensor weight;
  private final int vocabulary;

  /** Ids of a text's tokens. */
  record Tokens(List<Integer> ids) {
    static Tokens of(Encoding text) {
      return new Tokens(java.util.Arrays.stream(text.tokens()).boxed().toList());
    }
  }

  /** Settings. */
  record Config() implements HeadConfig {
    @Override
    public <Y> TaskHead<Y> create(TaskSpec<Y> task, Backbone backbone, Init init) {
      return task.requireValues(Tokens.class, new ToyLanguageModelHead(backbone, init));
    }
  }

  private ToyLanguageModelHead(Backbone backbone, Init init) {
    tensors = backbone.tensors();
    vocabulary = backbone.spec().vocabulary();
    Tensor start = init.normal(0.3, vocabulary, backbone.spec().hidden());
    weight = params.add("head", "decoder.weight", start);
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public Set<ReadRows> reads() {
    return EnumSet.of(ReadRows.TEXT);
  }

  /** (B, T, V), T the text's tokens alone. */
  private Tensor logits(Hidden hidden, Batch batch) {
    int width = batch.width();
    double[] each = new double[batch.size() * width * width];
    for (int i = 0; i < batch.size() * width; i++) {
      each[i * width + i % width] = 1;
    }
    Tensor tokens = hidden.rows().joinWeights(tensors.of(each, batch.size(), width, width));
    return tokens.matmul(hidden.states()).linear(weight);
  }

  @Override
  public Tensor loss(Hidden hidden, Labelled<Tokens> labelled, Randomness randomness) {
    Batch batch = labelled.batch();
    double[] oneHot = new double[batch.size() * batch.width() * vocabulary];
    int count = 0;
    for (int text = 0; text < batch.size(); text++) {
      int[] ids = batch.choices().get(text).tokens();
      for (int t = 0; t < ids.length; t++) {
        oneHot[(text * batch.width() + t) * vocabulary + ids[t]] = 1;
      }
      count += ids.length;
    }
    Tensor expected = tensors.of(oneHot, batch.size(), batch.width(), vocabulary);
    Tensor right = logits(hidden, batch).logSoftmax().mul(expected).sumLast().sumAxis(1);
    return right.mean().mul(-1.0 * batch.size() / count);
  }

  /** (B, T, V) of all rows, and which of them are the text's tokens, (B, T). */
  @Override
  public Map<String, Tensor> outputs(Hidden hidden) {
    return Map.of("logits", hidden.states().linear(weight), "text", hidden.rows().textMask());
  }

  @Override
  public List<Prediction<Tokens>> predict(Map<String, HostTensor> outputs, Batch batch) {
    double[] flat = TaskHead.output(outputs, "logits").doubles();
    double[] isText = TaskHead.output(outputs, "text").doubles();
    int rows = isText.length / batch.size();
    List<Prediction<Tokens>> predictions = new ArrayList<>();
    for (int text = 0; text < batch.size(); text++) {
      List<Integer> ids = new ArrayList<>();
      for (int row = text * rows; row < (text + 1) * rows; row++) {
        if (isText[row] == 1) {
          ids.add(likeliest(flat, row * vocabulary));
        }
      }
      predictions.add(new Prediction<>(new Tokens(ids), List.of()));
    }
    return predictions;
  }

  private int likeliest(double[] flat, int from) {
    int best = 0;
    for (int id = 1; id < vocabulary; id++) {
      best = flat[from + id] > flat[from + best] ? id : best;
    }
    return best;
  }
}
