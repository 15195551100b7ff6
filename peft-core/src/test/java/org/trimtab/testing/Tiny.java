package org.trimtab.testing;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Dropout;
import org.trimtab.batch.Batch;
import org.trimtab.head.Classification;
import org.trimtab.head.Head;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.ScoredHead;
import org.trimtab.head.TaskSpec;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.Vocabulary;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;

/** A tiny backbone in fp64 with a batch of four texts of different lengths. */
public final class Tiny implements AutoCloseable {
  /** The words of the batch; the tokens are others. */
  private static final List<String> TEXTS =
      List.of("One, two!", "two three", "THREE", "none of these");

  private static final int[] LENGTHS = {3, 7, 5, 6};

  private final String family;
  private final Backbone backbone;

  private Tiny(String family, Backbone backbone) {
    this.family = family;
    this.backbone = backbone;
  }

  /** A frozen backbone of {@code family}. */
  public static Tiny of(String family) {
    return of(family, BackboneOptions.FROZEN, Precision.FP64);
  }

  public static Tiny of(String family, BackboneOptions options, Precision precision) {
    return of(family, options, DjlTensors.open(precision));
  }

  /** On another backing. */
  public static Tiny of(String family, BackboneOptions options, Tensors tensors) {
    return new Tiny(
        family,
        Backbones.load(
            TinyFamilies.architecture(family), TinyFamilies.weights(family), options, tensors));
  }

  String family() {
    return family;
  }

  public Backbone backbone() {
    return backbone;
  }

  public Tensors tensors() {
    return backbone.tensors();
  }

  /** What a method is created with; the same seed gives the same values. */
  public Setup setup(long seed) {
    return setup(seed, Vocabulary.NONE);
  }

  public Setup setup(long seed, Vocabulary words) {
    return new Setup(backbone, init(seed), words);
  }

  public Init init(long seed) {
    return new Init(tensors(), new RandomStreams(seed).stream("test"));
  }

  /** A model with a linear head for three classes, on [CLS], or on all rows of a causal stack. */
  public Model<Integer> model(PeftModule module) {
    return model(module, causal() ? Pooling.MEAN : Pooling.CLS);
  }

  /** Whether rows see only those before them, the first one none. */
  private boolean causal() {
    return backbone.spec().textStack().causal();
  }

  Model<Integer> model(PeftModule module, Pooling pooling) {
    return new ModelFactory(backbone, new RandomStreams(3))
        .create(
            module,
            new LinearHeadConfig(pooling, 0, 0.3),
            new TaskSpec<>(Integer.class, new Classification(3)));
  }

  /** Four texts; the first one is padded the most. */
  public static Batch batch() {
    return batch(7);
  }

  /** The same four texts, padded to {@code width}. */
  public static Batch batch(int width) {
    return batch(TEXTS, List.of(List.of(), List.of(), List.of(), List.of()), width);
  }

  /** The same four token sequences with other words. */
  public static Batch batch(List<String> texts) {
    return batch(texts, List.of(List.of(), List.of(), List.of(), List.of()), 7);
  }

  /** The same four texts, padded to {@code width}, with marked places. */
  public static Batch marked(List<List<TokenRange>> spans, int width) {
    return batch(TEXTS, spans, width);
  }

  private static Batch batch(List<String> texts, List<List<TokenRange>> spans, int width) {
    List<List<Encoding>> examples =
        IntStream.range(0, 4)
            .mapToObj(text -> List.of(encoding(text, texts.get(text), spans.get(text))))
            .toList();
    return new Batch(List.of(0, 1, 2, 3), examples, width);
  }

  private static Encoding encoding(int text, String words, List<TokenRange> spans) {
    int length = LENGTHS[text];
    int[] tokens = IntStream.range(0, length).map(i -> 3 + (text * 11 + i * 5) % 40).toArray();
    return new Encoding(
        new Texts(words, Optional.empty()), tokens, new byte[length], spans, Encoding.Cut.NOTHING);
  }

  public static List<Integer> gold() {
    return List.of(0, 2, 1, 2);
  }

  /** The example {@code text} of the batch alone, padded as there. */
  public static Batch single(int text) {
    return single(batch(), text);
  }

  /** The example {@code text} of {@code batch} alone, padded as there. */
  public static Batch single(Batch batch, int text) {
    return new Batch(List.of(text), List.of(batch.examples().get(text)), batch.width());
  }

  /** Scores of {@code model} for the batch, dropout off. */
  public double[] scores(Model<Integer> model, Batch batch) {
    return tensors().doubles(scores(model, batch, Dropout.OFF, Trace.NONE));
  }

  /** Scores (B C) of a model with a scored head. */
  public static Tensor scores(Model<Integer> model, Batch batch, Dropout dropout, Trace trace) {
    return head(model).scores(model.hidden(batch, dropout, trace), dropout);
  }

  /** The head that gives {@code model}'s scores. */
  public static Head head(Model<Integer> model) {
    return ((ScoredHead<Integer>) model.head()).head();
  }

  /** Gives every parameter random values, so that none is at a special point. */
  public void randomize(Model<Integer> model) {
    Init init = init(5);
    for (Param param : model.params().all()) {
      long[] shape = tensors().shape(param.value());
      tensors().assign(param.value(), tensors().doubles(init.uniform(0.5, shape)));
    }
  }

  @Override
  public void close() {
    backbone.close();
  }
}
