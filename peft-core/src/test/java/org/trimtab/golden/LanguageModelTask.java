package org.trimtab.golden;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.ReadRows;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Prediction;
import org.trimtab.head.TaskHead;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.transformer.options.PoolerMode;

/**
 * The next token of each row, as {@code AutoModelForCausalLM} predicts it: labels belong to the row
 * before theirs, that of a prompt too, and {@value #NONE} is none. A gold value is a text's labels.
 */
public final class LanguageModelTask implements GoldenTask<List<Long>> {
  private static final long NONE = -100;

  @Override
  public PoolerMode pooler() {
    return PoolerMode.NONE;
  }

  @Override
  public TaskHead<List<Long>> head(Backbone backbone, Map<String, HostTensor> expected, Init init) {
    return new WordHead(backbone);
  }

  @Override
  public List<List<Long>> gold(Map<String, HostTensor> inputs) {
    HostTensor labels = Golden.get(inputs, "labels");
    int width = (int) labels.shape()[1];
    return IntStream.range(0, (int) labels.shape()[0])
        .mapToObj(
            text ->
                Arrays.stream(labels.longs(), text * width, (text + 1) * width).boxed().toList())
        .toList();
  }

  @Override
  public Tensor logits(TaskHead<List<Long>> head, Hidden hidden) {
    return Golden.get(head.outputs(hidden), "logits");
  }

  @Override
  public Tensor rows(Hidden hidden) {
    return hidden.rows().mask();
  }

  /** The backbone's own prediction of words; nothing of it trains. */
  private record WordHead(Backbone backbone) implements TaskHead<List<Long>> {
    @Override
    public Params params() {
      return new Params();
    }

    @Override
    public Set<ReadRows> reads() {
      return Set.of(ReadRows.ALL);
    }

    @Override
    public Tensor loss(Hidden hidden, Labelled<List<Long>> batch, Randomness randomness) {
      List<List<Long>> gold = batch.gold();
      int rows = (int) backbone.tensors().shape(hidden.states())[1];
      int prompt = rows - gold.get(0).size();
      int words = backbone.spec().vocabulary();
      double[] oneHot = new double[gold.size() * rows * words];
      int count = 0;
      for (int text = 0; text < gold.size(); text++) {
        for (int row = Math.max(1, prompt); row < rows; row++) {
          long label = gold.get(text).get(row - prompt);
          if (label != NONE) {
            oneHot[(text * rows + row - 1) * words + (int) label] = 1;
            count++;
          }
        }
      }
      Tensor expected = backbone.tensors().of(oneHot, gold.size(), rows, words);
      Tensor right = backbone.wordScores(hidden.states()).logSoftmax().mul(expected);
      return right.sumLast().sumAxis(1).mean().mul(-1.0 * gold.size() / count);
    }

    @Override
    public Map<String, Tensor> outputs(Hidden hidden) {
      return Map.of("logits", backbone.wordScores(hidden.states()));
    }

    @Override
    public List<Prediction<List<Long>>> predict(Map<String, HostTensor> outputs, Batch batch) {
      throw new UnsupportedOperationException();
    }
  }
}
