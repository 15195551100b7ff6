package org.trimtab.transformer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
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
    StackSpec encoder = spec.stack(Stack.ENCODER);
    NamedTensors exact =
        new NamedTensors(
            weights(new BertShapes(config, spec), source, tensors), HalfLinears.none(encoder));
    NamedTensors weights =
        options.bf16() ? exact.in(HalfLinears.of(encoder, exact, tensors)) : exact;
    LayerKernels kernels =
        options.kernels() == KernelChoice.COMPOSED
            ? LayerKernels.NONE
            : LayerKernels.of(encoder, architecture, options.bf16(), tensors::kernel);
    return new EncoderBackbone(
        spec,
        architecture,
        options.dropout(),
        weights,
        kernels,
        trained(weights, options),
        tensors);
  }

  private static Map<String, Tensor> weights(
      BertShapes shapes, WeightSource source, Tensors tensors) {
    shapes.requireNoMore(source);
    Map<String, Tensor> loaded = new LinkedHashMap<>();
    for (String name : shapes.names()) {
      if (name.startsWith(BertNames.POOLER) && !source.names().contains(name)) {
        throw new Invalid(
            "pooler", "the model has no pooler; found " + source.origin() + "; allowed none");
      }
      loaded.put(name, tensor(shapes.checked(source, name), tensors, source, name));
    }
    return loaded;
  }

  private static Architecture architecture(HfConfig config, WeightSource source) {
    try {
      return new Architecture(
          config.modelType(),
          config.roberta() ? Architecture.offsetBy(config.padTokenId()) : Architecture.absolute(),
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

  private static Tensor tensor(HostTensor host, Tensors tensors, WeightSource source, String name) {
    if (tensors.precision() == Precision.FP32) {
      float[] values = host.floats();
      for (float value : values) {
        requireFinite(value, source, name);
      }
      return tensors.of(values, host.shape());
    }
    double[] values = host.doubles();
    for (double value : values) {
      requireFinite(value, source, name);
    }
    return tensors.of(values, host.shape());
  }

  private static void requireFinite(double value, WeightSource source, String name) {
    if (!Double.isFinite(value)) {
      throw new UserError(
          source.origin() + ": tensor '" + name + "' holds " + value + "; allowed finite numbers");
    }
  }
}
