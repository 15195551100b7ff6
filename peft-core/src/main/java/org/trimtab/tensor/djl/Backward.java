package org.trimtab.tensor.djl;

import java.util.List;
import java.util.stream.Stream;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.Script;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** What happens to all gradients at once, in one call to the engine each. */
final class Backward implements Gradients.Together {
  /** From here on, gradients are looked through for memory that they share; others are copied. */
  private static final int LARGE = 1 << 16;

  /**
   * Of the loss xs[0]. Gradients may be views of each other, such as those of the two sides of a
   * sum: who changes one where it lies must not change another.
   */
  private static final String GRADIENTS =
      """
          ps = torch.slice(xs, 1, -1, 1)
          gs = torch.grad([xs[0]], ps, None, None, False, True)
          own = annotate(List[Tensor], [])
          memories = annotate(List[Tensor], [])
          for i in range(torch.len(ps)):
            given = gs[i]
            if torch.__is__(given, None):
              g = torch.zeros_like(ps[i])
            else:
              g = torch.contiguous(unchecked_cast(Tensor, given))
            shared = torch.lt(torch.numel(g), %d)
            if shared:
              one = torch.clone(g)
            else:
              memory = torch.as_strided(g, [1], [1], 0)
              taken = False
              for j in range(torch.len(memories)):
                taken = torch.__or__(taken, torch.is_set_to(memory, memories[j]))
              _0 = torch.append(memories, memory)
              if taken:
                one = torch.clone(g)
              else:
                one = g
            _1 = torch.append(own, one)
          return own
      """;

  private final Tensors tensors;
  private final Script mark;
  private final Script gradients;
  private final Script add;
  private final Script norms;
  private final Script scale;

  Backward(Tensors tensors) {
    this.tensors = tensors;
    mark =
        tensors.script(
            """
                for i in range(torch.sub(torch.len(xs), 1)):
                  _0 = torch.requires_grad_(xs[i], True)
                return annotate(List[Tensor], [])
            """);
    gradients = tensors.script(GRADIENTS.formatted(LARGE));
    add =
        tensors.script(
            """
                n = torch.floordiv(torch.len(xs), 2)
                a = torch.slice(xs, 0, n, 1)
                _0 = torch._foreach_add_(a, torch.slice(xs, n, -1, 1), alpha=1)
                return torch.slice(a, 0, 1, 1)
            """);
    norms =
        tensors.script(
            """
                return [torch.stack(torch._foreach_norm(torch.slice(xs, 0, -1, 1), 2), 0)]
            """);
    scale =
        tensors.script(
            """
                f = float(torch.select(xs[-1], 0, 0))
                a = torch.slice(xs, 0, -1, 1)
                _0 = torch._foreach_mul_(a, f)
                return torch.slice(a, 0, 1, 1)
            """);
  }

  /** From now on, graphs reach {@code params}. */
  void mark(List<Tensor> params) {
    mark.run(params);
  }

  /**
   * The gradients of a loss, added to those of the losses before; zeros where it doesn't depend on
   * a parameter. The graph is freed.
   *
   * @param before empty before the first loss
   */
  List<Tensor> add(List<Tensor> before, Tensor loss, List<Tensor> params) {
    List<Tensor> own = gradients.run(joined(List.of(loss), params));
    if (before.isEmpty()) {
      return own;
    }
    add.run(joined(before, own));
    return before;
  }

  @Override
  public double[] norms(List<Tensor> all) {
    return tensors.freeing(() -> tensors.doubles(norms.run(all).get(0)));
  }

  @Override
  public void scale(List<Tensor> all, double factor) {
    scale.run(all, factor);
  }

  private static List<Tensor> joined(List<Tensor> first, List<Tensor> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
