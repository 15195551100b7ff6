package org.trimtab.golden;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.trimtab.backbone.Backbone;
import org.trimtab.batch.Batch;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.TaskHead;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.model.Model;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.Tuning;

/**
 * One recorded case: logits, gradients, traces and training of a method, against the reference.
 *
 * @param path the case's folder
 * @param ours our name of a tensor, of the reference's
 */
public record GoldenCase(Path path, UnaryOperator<String> ours) {
  /** Makes a method's module. */
  @FunctionalInterface
  public interface Maker {
    PeftModule make(Setup setup);
  }

  /** The backbone's folder and the method's. */
  public String name() {
    return path.getName(path.getNameCount() - 2) + "/" + path.getFileName();
  }

  private String family() {
    return path.getName(path.getNameCount() - 2).toString();
  }

  /** The backbone's folder. */
  public Path backbone() {
    return path.resolve("../../..").normalize().resolve("backbones").resolve(family());
  }

  /** Checks the case over a frozen backbone. */
  public void agrees(Maker maker) {
    agrees(maker, Tuning.FROZEN);
  }

  /** Checks the case of a BERT or RoBERTa. */
  public void agrees(Maker maker, Tuning tuning) {
    agrees(
        maker,
        tuning,
        new ClassifierTask(
            family().equals("roberta")
                ? new DenseHeadConfig(Pooling.FIRST, 0, 0.02)
                : new LinearHeadConfig(Pooling.POOLER_FIRST, 0, 0.02)));
  }

  /** Checks the case. */
  public <Y> void agrees(Maker maker, Tuning tuning, GoldenTask<Y> task) {
    BackboneOptions options = new BackboneOptions(tuning, task.pooler(), DropoutRates.NONE);
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(backbone(), options, tensors)) {
      Map<String, HostTensor> expected = Golden.tensors(path.resolve("expected.safetensors"));
      Init init = new Init(tensors, new RandomStreams(1).stream("golden"));
      PeftModule module = maker.make(new Setup(backbone, init, Vocabulary.NONE));
      TaskHead<Y> head = task.head(backbone, expected, init);
      new GoldenRun<>(this, task, new Model<>(backbone, module, head), expected).agrees();
    }
  }

  /** The texts of a case, without padding. */
  public static Batch batch(Map<String, HostTensor> inputs) {
    HostTensor ids = Golden.get(inputs, "input_ids");
    int width = (int) ids.shape()[1];
    List<Integer> indices = IntStream.range(0, (int) ids.shape()[0]).boxed().toList();
    return new Batch(
        indices,
        indices.stream().map(text -> List.of(encoding(inputs, text, width))).toList(),
        width);
  }

  /** The tokens of text {@code text} without its padding. */
  private static Encoding encoding(Map<String, HostTensor> inputs, int text, int width) {
    int from = text * width;
    long[] mask = Golden.get(inputs, "attention_mask").longs();
    int length = (int) Arrays.stream(mask, from, from + width).sum();
    int[] tokens = new int[length];
    Arrays.setAll(tokens, i -> (int) Golden.get(inputs, "input_ids").longs()[from + i]);
    byte[] segments = new byte[length];
    if (inputs.containsKey("token_type_ids")) {
      long[] types = Golden.get(inputs, "token_type_ids").longs();
      for (int i = 0; i < length; i++) {
        segments[i] = (byte) types[from + i];
      }
    }
    return new Encoding(new Texts("", Optional.empty()), tokens, segments);
  }
}
