package org.trimtab.methods.ptuning;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * A bidirectional LSTM over the rows of one sequence, of zero states, its parameters named and
 * started as torch's: gates input, forget, cell, output; U(±1/√width).
 */
final class Lstm {
  private final int width;
  private final List<Direction> forward = new ArrayList<>();
  private final List<Direction> backward = new ArrayList<>();

  Lstm(int in, int width, int layers, Init init, Params params) {
    this.width = width;
    for (int layer = 0; layer < layers; layer++) {
      int entering = layer == 0 ? in : 2 * width;
      String name = "_l" + layer;
      forward.add(direction(name, entering, init, params));
      backward.add(direction(name + "_reverse", entering, init, params));
    }
  }

  private Direction direction(String name, int in, Init init, Params params) {
    double bound = 1 / Math.sqrt(width);
    return new Direction(
        add(params, "weight_ih" + name, init.uniform(bound, 4L * width, in)),
        add(params, "weight_hh" + name, init.uniform(bound, 4L * width, width)),
        add(params, "bias_ih" + name, init.uniform(bound, 4L * width)),
        add(params, "bias_hh" + name, init.uniform(bound, 4L * width)));
  }

  private static Tensor add(Params params, String name, Tensor value) {
    return params.add("mlp", "lstm_head." + name, value);
  }

  /** x (P, in) to (P, 2 width). */
  Tensor of(Tensor x, int length) {
    Tensor states = x;
    for (int layer = 0; layer < forward.size(); layer++) {
      Tensor onward = run(forward.get(layer), states, length, false);
      states = onward.beside(run(backward.get(layer), states, length, true));
    }
    return states;
  }

  private Tensor run(Direction direction, Tensor x, int length, boolean reverse) {
    Tensor entering = x.linear(direction.input(), direction.inputBias()).view(1, length, -1);
    List<Tensor> states = new ArrayList<>();
    Tensor zero = entering.rows(0, 1).view(1, -1).rows(0, width).zerosLike();
    Tensor h = zero;
    Tensor c = zero;
    for (int i = 0; i < length; i++) {
      int row = reverse ? length - 1 - i : i;
      Tensor gates =
          entering
              .rows(row, row + 1L)
              .view(1, -1)
              .add(h.linear(direction.state(), direction.stateBias()));
      c = gate(gates, 1).sigmoid().mul(c).add(gate(gates, 0).sigmoid().mul(gate(gates, 2).tanh()));
      h = gate(gates, 3).sigmoid().mul(c.tanh());
      states.add(reverse ? 0 : states.size(), h.view(1, 1, -1));
    }
    return states.stream().reduce(Tensor::followedBy).orElseThrow().view(length, -1);
  }

  private Tensor gate(Tensor gates, int index) {
    return gates.rows((long) index * width, (index + 1L) * width);
  }

  private record Direction(Tensor input, Tensor state, Tensor inputBias, Tensor stateBias) {}
}
