package org.trimtab.transformer.linear;

import static org.trimtab.backbone.Point.ATTENTION_OUT;
import static org.trimtab.backbone.Point.FFN_DOWN;
import static org.trimtab.backbone.Point.FFN_UP;
import static org.trimtab.backbone.Point.KEY;
import static org.trimtab.backbone.Point.QUERY;
import static org.trimtab.backbone.Point.VALUE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public final class HalfLinears implements Linears {
  private static final List<Point> PROJECTIONS = List.of(QUERY, KEY, VALUE);
  private static final List<Point> OTHERS = List.of(ATTENTION_OUT, FFN_UP, FFN_DOWN);

  /** Stands behind the query's name where weights of query, key and value lie together. */
  private static final String JOINED = "+key+value";

  private final StackSpec spec;
  private final Names names;
  private final Kernels kernels;
  private final Map<String, Weights> rounded;

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
          tensors.kernel("    return " + Products.BF16.linear("xs[0]", "xs[1]", "xs[2]") + "\n"),
          tensors.kernelOfSeveral(
              "    return torch.chunk("
                  + Products.BF16.linear("xs[0]", "xs[1]", "xs[2]")
                  + ", 3, -1)\n"));
    }

    private static String half(String x) {
      return Products.BF16.enter(x);
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

  /** Those of a stack with {@code weights}. */
  public static HalfLinears of(StackSpec spec, Names names, NamedTensors weights, Tensors tensors) {
    HalfLinears all =
        new HalfLinears(spec, names, Kernels.of(spec, tensors), new LinkedHashMap<>());
    for (int layer = 0; layer < spec.layers(); layer++) {
      all.round(layer, weights);
    }
    return all;
  }

  /** These with the layers anew that {@code replaced}, names of {@code weights}, belong to. */
  @Override
  public HalfLinears with(NamedTensors weights, Set<String> replaced) {
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
          new Weights(
              round(weights.get(path + ".weight")),
              Optional.of(round(weights.get(path + ".bias")))));
    }
    Tensor weight = join(layer, weights, ".weight");
    Tensor bias = join(layer, weights, ".bias");
    Weights joined = new Weights(weight, Optional.of(bias));
    rounded.put(path(layer, QUERY) + JOINED, joined);
    for (int i = 0; i < PROJECTIONS.size(); i++) {
      Kernel part = kernels.parts.get(i);
      rounded.put(
          path(layer, PROJECTIONS.get(i)),
          new Weights(
              part.of(() -> weight, List.of(weight)),
              Optional.of(part.of(() -> bias, List.of(bias)))));
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

  @Override
  public Weights weights(String path, Weights exact) {
    return rounded.getOrDefault(path, exact);
  }

  @Override
  public Tensor linear(Layer layer, Tensor x, Supplier<Tensor> composed) {
    Weights weights = rounded.get(layer.path());
    return weights == null ? composed.get() : kernels.linear.of(composed, operands(x, weights));
  }

  /** In one product. */
  @Override
  public List<Tensor> projections(List<Layer> three, Tensor x, Supplier<List<Tensor>> composed) {
    Weights weights = rounded.get(three.get(0).path() + JOINED);
    return weights == null
        ? composed.get()
        : kernels.projections.of(composed, operands(x, weights));
  }

  private static List<Tensor> operands(Tensor x, Weights weights) {
    return List.of(x, weights.weight(), weights.bias().orElseThrow());
  }
}
