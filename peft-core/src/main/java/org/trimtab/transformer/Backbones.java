package org.trimtab.transformer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.HfWeights;
import org.trimtab.weights.WeightSource;

/** Makes backbones of weight files. */
public final class Backbones {
  private Backbones() {}

  /**
   * Loads a BERT or RoBERTa of a Hugging Face directory.
   *
   * @param tensors belongs to the backbone from here on
   * @throws UserError if the directory is not one, or lacks what is asked for
   */
  public static Backbone load(Path directory, BackboneOptions options, Tensors tensors) {
    HfConfig config = HfConfig.read(directory);
    try (WeightSource source = HfWeights.open(directory)) {
      return load(config, source, options, tensors);
    }
  }

  /** Loads the weights of {@code source} into the architecture of {@code config}. */
  public static Backbone load(
      HfConfig config, WeightSource source, BackboneOptions options, Tensors tensors) {
    Architecture architecture = architecture(config, source);
    BackboneSpec spec = spec(config, architecture, options.pooler() != PoolerMode.NONE);
    Map<String, Tensor> loaded = new LinkedHashMap<>();
    for (String name : names(spec).toList()) {
      if (name.startsWith(BertNames.POOLER) && !source.names().contains(name)) {
        throw new Invalid(
            "pooler", "the model has no pooler; found " + source.origin() + "; allowed none");
      }
      loaded.put(name, tensor(source.tensor(name), tensors));
    }
    requireShapes(config, loaded, source, tensors);
    NamedTensors weights = new NamedTensors(loaded);
    return new EncoderBackbone(
        spec, architecture, options.dropout(), weights, trained(weights, options), tensors);
  }

  private static Architecture architecture(HfConfig config, WeightSource source) {
    try {
      return new Architecture(
          config.modelType(),
          config.modelType().equals("roberta")
              ? Architecture.offsetBy(config.padTokenId())
              : Architecture.absolute(),
          Architecture.activation(config.activation()),
          config.layerNormEpsilon());
    } catch (IllegalArgumentException e) {
      throw new UserError(source.origin() + ": hidden_act: " + e.getMessage(), e);
    }
  }

  private static BackboneSpec spec(HfConfig config, Architecture architecture, boolean pooler) {
    StackSpec encoder =
        new StackSpec(
            Stack.ENCODER,
            config.layers(),
            config.heads(),
            config.hiddenSize(),
            config.intermediateSize(),
            Architecture.points(pooler),
            false);
    return new BackboneSpec(
        config.modelType(),
        List.of(encoder),
        config.vocabularySize(),
        architecture.positions().usable(config.positions()),
        config.padTokenId());
  }

  private static Params trained(NamedTensors weights, BackboneOptions options) {
    if (options.tuning() == Tuning.FULL) {
      return weights.params("");
    }
    return options.pooler() == PoolerMode.TRAINED ? weights.params(BertNames.POOLER) : new Params();
  }

  private static Tensor tensor(HostTensor host, Tensors tensors) {
    return tensors.precision() == Precision.FP32
        ? tensors.of(host.floats(), host.shape())
        : tensors.of(host.doubles(), host.shape());
  }

  private static Stream<String> names(BackboneSpec spec) {
    Stream<String> tables = Stream.of(BertNames.WORDS, BertNames.POSITIONS, BertNames.TYPES);
    Stream<String> modules = BertNames.modules(spec).stream().map(BertNames::of);
    return Stream.concat(tables, modules.flatMap(m -> Stream.of(m + ".weight", m + ".bias")));
  }

  private static void requireShapes(
      HfConfig config, Map<String, Tensor> loaded, WeightSource source, Tensors tensors) {
    String up = BertNames.of(new Site(Stack.ENCODER, 0, Point.FFN_UP)) + ".weight";
    Map<String, long[]> expected = new LinkedHashMap<>();
    expected.put(BertNames.WORDS, new long[] {config.vocabularySize(), config.hiddenSize()});
    expected.put(BertNames.POSITIONS, new long[] {config.positions(), config.hiddenSize()});
    expected.put(up, new long[] {config.intermediateSize(), config.hiddenSize()});
    loaded.forEach(
        (name, tensor) -> {
          long[] shape = tensors.shape(tensor);
          if (!java.util.Arrays.equals(expected.getOrDefault(name, shape), shape)) {
            throw new UserError(
                source.origin()
                    + ": tensor '"
                    + name
                    + "' has the shape "
                    + java.util.Arrays.toString(shape)
                    + ", the configuration says "
                    + java.util.Arrays.toString(expected.get(name)));
          }
        });
  }
}
