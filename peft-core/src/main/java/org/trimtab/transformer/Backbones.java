package org.trimtab.transformer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.WordHead;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.family.FamilyKinds;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.transformer.file.TensorShapes;
import org.trimtab.transformer.linear.HalfLinears;
import org.trimtab.transformer.linear.Linears;
import org.trimtab.transformer.linear.NamedTensors;
import org.trimtab.transformer.linear.OneDnnLinears;
import org.trimtab.transformer.linear.Products;
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
   * Loads a model of a Hugging Face directory.
   *
   * @param tensors belongs to the backbone from here on
   * @throws UserError if the directory is not one, or lacks what is asked for
   */
  public static Backbone load(Path directory, BackboneOptions options, Tensors tensors) {
    Architecture architecture = FamilyKinds.ALL.read(directory).architecture();
    try (WeightSource source = HfWeights.open(directory, architecture.names().words())) {
      return load(architecture, source, options, tensors);
    }
  }

  /** Loads the weights of {@code source} into {@code architecture}. */
  public static Backbone load(
      Architecture architecture, WeightSource source, BackboneOptions options, Tensors tensors) {
    return load(architecture, source, options, tensors, products(options, tensors));
  }

  /** By {@code products}, whatever suits the machine. */
  static Backbone load(
      Architecture architecture,
      WeightSource source,
      BackboneOptions options,
      Tensors tensors,
      Products products) {
    boolean pooler = options.pooler() != PoolerMode.NONE;
    Architecture own =
        pooler
            ? architecture
            : architecture.with(architecture.spec().without(Set.of(Point.POOLER)));
    StackSpec stack = own.spec().textStack();
    Wiring wiring = own.wiring(stack.stack());
    if (options.bf16() && !wiring.plain()) {
      throw new Invalid("precision", "bf16-mixed is for encoders like BERT; found " + own.family());
    }
    NamedTensors exact =
        new NamedTensors(weights(new TensorShapes(own), own, source, tensors), Linears.COMPOSED);
    NamedTensors weights = exact.in(linears(products, stack, own.names(), exact, tensors));
    LayerKernels kernels =
        options.kernels() == KernelChoice.COMPOSED
            ? LayerKernels.NONE
            : LayerKernels.of(stack, wiring, products, tensors::kernel);
    return new TransformerBackbone(
        own, options.dropout(), weights, kernels, trained(weights, options, own), tensors);
  }

  /** A trained matrix's gradient sums over rows, by parts whose number is that of the threads. */
  private static Products products(BackboneOptions options, Tensors tensors) {
    if (options.bf16()) {
      return Products.BF16;
    }
    boolean onednn =
        tensors.prefersOneDnn()
            && options.tuning() == Tuning.FROZEN
            && options.kernels() != KernelChoice.COMPOSED;
    return onednn ? Products.ONEDNN : Products.DEFAULT;
  }

  private static Linears linears(
      Products products, StackSpec stack, Names names, NamedTensors exact, Tensors tensors) {
    return switch (products) {
      case DEFAULT -> Linears.COMPOSED;
      case ONEDNN -> OneDnnLinears.of(tensors);
      case BF16 -> HalfLinears.of(stack, names, exact, tensors);
    };
  }

  private static Map<String, Tensor> weights(
      TensorShapes shapes, Architecture architecture, WeightSource source, Tensors tensors) {
    shapes.requireNoMore(source);
    Map<String, Tensor> loaded = new LinkedHashMap<>();
    for (String name : shapes.names()) {
      if (isPooler(architecture, name) && !shapes.has(source, name)) {
        throw new Invalid(
            "pooler", "the model has no pooler; found " + source.origin() + "; allowed none");
      }
      if (!isMissing(architecture, name, source, shapes)) {
        loaded.put(name, tensor(shapes.checked(source, name), tensors, source, name));
      }
    }
    return loaded;
  }

  /** Files of classifiers may have nothing that predicts words, or but parts that say nothing. */
  private static boolean isMissing(
      Architecture architecture, String name, WeightSource source, TensorShapes shapes) {
    return ofWords(architecture)
        .filter(names -> names.contains(name))
        .anyMatch(names -> !names.stream().allMatch(n -> shapes.has(source, n)));
  }

  /** What predicts words and lies beside the layers: of decoders, and of encoders. */
  private static Stream<List<String>> ofWords(Architecture architecture) {
    return Stream.concat(
        architecture.names().output().map(List::of).stream(),
        architecture.wordHead().map(WordHead::tensors).stream());
  }

  private static boolean isPooler(Architecture architecture, String name) {
    StackSpec stack = architecture.spec().textStack();
    return stack.points().contains(Point.POOLER) && name.startsWith(pooler(architecture));
  }

  private static String pooler(Architecture architecture) {
    Stack stack = architecture.spec().textStack().stack();
    return architecture.names().of(new Site(stack, 0, Point.POOLER));
  }

  private static Params trained(
      NamedTensors weights, BackboneOptions options, Architecture architecture) {
    if (options.tuning() == Tuning.FULL) {
      return weights.run(architecture);
    }
    return options.pooler() == PoolerMode.TRAINED
        ? weights.params(name -> name.startsWith(pooler(architecture)))
        : new Params();
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
