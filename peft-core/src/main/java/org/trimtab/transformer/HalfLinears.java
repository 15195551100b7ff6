package org.trimtab.transformer;

import static org.trimtab.backbone.Point.ATTENTION_OUT;
import static org.trimtab.backbone.Point.FFN_DOWN;
import static org.trimtab.backbone.Point.FFN_UP;
import static org.trimtab.backbone.Point.KEY;
import static org.trimtab.backbone.Point.QUERY;
import static org.trimtab.backbone.Point.VALUE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.trimtab.architecture.Names;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Kernel;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * The frozen linear layers of a stack in bfloat16 (Kalamkar et al., 2019): their weights a second
 * time, rounded, and kernels that round what enters a product and give single precision back. The
 * rounded weights are for kernels alone: no other operation takes their format.
 */
final class HalfLinears {
  private static final List<Point> PROJECTIONS = List.of(QUERY, KEY, VALUE);
  private static final List<Point> OTHERS = List.of(ATTENTION_OUT, FFN_UP, FFN_DOWN);

  /** Stands behind the query's name where weights of query, key and value lie together. */
  private static final String JOINED = "+key+value";

  private final StackSpec spec;
  private final Names names;
  private final Kernels kernels;
  private final Map<String, Weights> rounded;

  /** Those of a linear layer. */
  record Weights(Tensor weight, Tensor bias) {}

  private HalfLinears(StackSpec spec, Names names, Kernels kernels, Map<String, Weights> rounded) {
    this.spec = spec;
    this.names = names;
    this.kernels = kernels;
    this.rounded = rounded;
  }

  /** What is made once for all layers. */
  private record Kernels(
      Kernel round, Kernel join, List<Kernel> parts, Kernel linear, Kernel.Several projections) {
    static Kernels of(StackSpec spec, Tensors tensors) {
      return new Kernels(
          tensors.kernel("    return " + half("xs[0]") + "\n"),
          tensors.kernel("    return " + half("torch.cat([xs[0], xs[1], xs[2]], 0)") + "\n"),
          List.of(0, 1, 2).stream().map(part -> tensors.kernel(part(part, spec))).toList(),
          tensors.kernel("    return " + LayerScripts.halfLinear("xs[0]", "xs[1]", "xs[2]") + "\n"),
          tensors.kernelOfSeveral(
              "    return torch.chunk("
                  + LayerScripts.halfLinear("xs[0]", "xs[1]", "xs[2]")
                  + ", 3, -1)\n"));
    }

    private static String half(String x) {
      return LayerScripts.half(x);
    }

    private static String part(int part, StackSpec spec) {
      int width = spec.hidden();
      return "    return torch.slice(xs[0], 0, "
          + part * width
          + ", "
          + (part + 1) * width
          + ", 1)\n";
    }
  }

  /** No layers: all linear layers are what {@link Tensor#linear} gives. */
  static HalfLinears none(StackSpec spec, Names names) {
    Kernel.Several composed = (several, operands) -> several.get();
    Kernels kernels =
        new Kernels(Kernel.COMPOSED, Kernel.COMPOSED, List.of(), Kernel.COMPOSED, composed);
    return new HalfLinears(spec, names, kernels, Map.of());
  }

  /** Those of a stack with {@code weights}. */
  static HalfLinears of(StackSpec spec, Names names, NamedTensors weights, Tensors tensors) {
    HalfLinears all =
        new HalfLinears(spec, names, Kernels.of(spec, tensors), new LinkedHashMap<>());
    for (int layer = 0; layer < spec.layers(); layer++) {
      all.round(layer, weights);
    }
    return all;
  }

  /** These with the layers anew that {@code replaced}, names of {@code weights}, belong to. */
  HalfLinears with(NamedTensors weights, Set<String> replaced) {
    HalfLinears copy = new HalfLinears(spec, names, kernels, new LinkedHashMap<>(rounded));
    for (int layer = 0; layer < spec.layers() && !rounded.isEmpty(); layer++) {
      if (touches(layer, replaced)) {
        copy.round(layer, weights);
      }
    }
    return copy;
  }

  private boolean touches(int layer, Set<String> replaced) {
    return Stream.of(PROJECTIONS, OTHERS)
        .flatMap(List::stream)
        .map(point -> path(layer, point) + ".")
        .anyMatch(path -> replaced.stream().anyMatch(name -> name.startsWith(path)));
  }

  private void round(int layer, NamedTensors weights) {
    for (Point point : OTHERS) {
      String path = path(layer, point);
      rounded.put(
          path,
          new Weights(round(weights.get(path + ".weight")), round(weights.get(path + ".bias"))));
    }
    Weights joined = new Weights(join(layer, weights, ".weight"), join(layer, weights, ".bias"));
    rounded.put(path(layer, QUERY) + JOINED, joined);
    for (int i = 0; i < PROJECTIONS.size(); i++) {
      Kernel part = kernels.parts.get(i);
      rounded.put(
          path(layer, PROJECTIONS.get(i)),
          new Weights(
              part.of(joined::weight, List.of(joined.weight())),
              part.of(joined::bias, List.of(joined.bias()))));
    }
  }

  private Tensor round(Tensor tensor) {
    return kernels.round.of(() -> tensor, List.of(tensor));
  }

  private Tensor join(int layer, NamedTensors weights, String kind) {
    List<Tensor> three =
        PROJECTIONS.stream().map(point -> weights.get(path(layer, point) + kind)).toList();
    return kernels.join.of(() -> three.get(0), three);
  }

  private String path(int layer, Point point) {
    return names.of(new Site(spec.stack(), layer, point));
  }

  /** The rounded weights of the layer called {@code path}, or else {@code exact}. */
  Weights weights(String path, Weights exact) {
    return rounded.getOrDefault(path, exact);
  }

  /** What the layer called {@code path} makes of x (B, T, in): (B, T, out). */
  Tensor linear(String path, Tensor x, Supplier<Tensor> composed) {
    Weights weights = rounded.get(path);
    return weights == null
        ? composed.get()
        : kernels.linear.of(composed, List.of(x, weights.weight(), weights.bias()));
  }

  /** Query, key and value of x (B, T, H), in one product where they are rounded. */
  List<Tensor> projections(int layer, Tensor x, Supplier<List<Tensor>> composed) {
    Weights weights = rounded.get(path(layer, QUERY) + JOINED);
    return weights == null
        ? composed.get()
        : kernels.projections.of(composed, List.of(x, weights.weight(), weights.bias()));
  }
}
