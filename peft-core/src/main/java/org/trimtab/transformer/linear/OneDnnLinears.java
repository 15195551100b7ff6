package org.trimtab.transformer.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.tensor.Kernel;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * Linear layers by oneDNN's products, on processors where the engine's default ones don't use all
 * that there is.
 *
 * @param one (x, weight, bias) to its result
 * @param bare (x, weight) to its result
 * @param wide as {@code one}, of more outputs than one product gives
 * @param bareWide as {@code bare}, of as many
 * @param three (x, and three weights and biases) to the results
 * @param bareThree (x, and three weights) to the results
 */
public record OneDnnLinears(
    Kernel one,
    Kernel bare,
    Kernel wide,
    Kernel bareWide,
    Kernel.Several three,
    Kernel.Several bareThree)
    implements Linears {
  /** Made once for all layers. */
  public static OneDnnLinears of(Tensors tensors) {
    return new OneDnnLinears(
        tensors.kernel("    return " + Products.ONEDNN.linear("xs[0]", "xs[1]", "xs[2]") + "\n"),
        tensors.kernel("    return " + Products.ONEDNN.linear("xs[0]", "xs[1]", "None") + "\n"),
        tensors.kernel(wide(true)),
        tensors.kernel(wide(false)),
        tensors.kernelOfSeveral(projections(true)),
        tensors.kernelOfSeveral(projections(false)));
  }

  private static String wide(boolean biased) {
    String weight = "torch.slice(xs[1], 0, begin, end, 1)";
    String bias = biased ? "torch.slice(xs[2], 0, begin, end, 1)" : "None";
    return """
            e = %s
            n = torch.size(xs[1], 0)
            parts = torch.floordiv(torch.add(n, %d), %d)
            ys = annotate(List[Tensor], [])
            for i in range(parts):
              begin = torch.floordiv(torch.mul(n, i), parts)
              end = torch.floordiv(torch.mul(n, torch.add(i, 1)), parts)
              _0 = torch.append(ys, %s)
            return torch.cat(ys, -1)
        """
        .formatted(
            Products.ONEDNN.enter("xs[0]"),
            Products.MOST - 1,
            Products.MOST,
            Products.ONEDNN.leave(Products.ONEDNN.of("e", weight, bias)));
  }

  private static String projections(boolean biased) {
    String results =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    Products.ONEDNN.of(
                        "e",
                        "xs[" + (biased ? 2 * i + 1 : i + 1) + "]",
                        biased ? "xs[" + (2 * i + 2) + "]" : "None"))
            .map(Products.ONEDNN::leave)
            .collect(Collectors.joining(", ", "[", "]"));
    return "    e = " + Products.ONEDNN.enter("xs[0]") + "\n    return " + results + "\n";
  }

  @Override
  public Weights weights(String path, Weights exact) {
    return exact;
  }

  @Override
  public Tensor linear(Layer layer, Tensor x, Supplier<Tensor> composed) {
    boolean narrow = Products.ONEDNN.parts(layer.width()) == 1;
    Tensor weight = layer.exact().weight();
    return layer
        .exact()
        .bias()
        .map(bias -> (narrow ? one : wide).of(composed, List.of(x, weight, bias)))
        .orElseGet(() -> (narrow ? bare : bareWide).of(composed, List.of(x, weight)));
  }

  @Override
  public List<Tensor> projections(List<Layer> all, Tensor x, Supplier<List<Tensor>> composed) {
    long biased = all.stream().filter(l -> l.exact().bias().isPresent()).count();
    boolean narrow = all.stream().allMatch(l -> Products.ONEDNN.parts(l.width()) == 1);
    if (!narrow || (biased != 0 && biased != all.size())) {
      return composed.get();
    }
    List<Tensor> operands = new ArrayList<>(List.of(x));
    for (Layer one : all) {
      operands.add(one.exact().weight());
      one.exact().bias().ifPresent(operands::add);
    }
    return (biased == 0 ? bareThree : three).of(composed, operands);
  }

  @Override
  public Linears with(NamedTensors weights, Set<String> replaced) {
    return this;
  }
}
