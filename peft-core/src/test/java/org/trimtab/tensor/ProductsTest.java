package org.trimtab.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.trimtab.tensor.djl.DjlTensor;
import org.trimtab.tensor.djl.DjlTensors;

/** A product's bits don't tell whether a factor has trained before. */
class ProductsTest {
  private static final int WIDTH = 48;
  private static final int BLOCKS = 24;

  @Test
  void marksOfGradientsMoveNoBits() {
    try (Tensors tensors = DjlTensors.open(Precision.FP32)) {
      Tensor blocks = random(tensors, BLOCKS, 7, WIDTH);
      Tensor first = blocks.rows(0, 1); // (24, 1, 48), not in one piece
      Tensor weight = random(tensors, WIDTH, WIDTH);
      Tensor bias = random(tensors, WIDTH);
      List<Function<Tensor, Tensor>> products =
          List.of(
              x -> x.linear(weight, bias),
              x -> x.linear(weight),
              x -> x.matmul(weight),
              x -> weight.matmul(x.t()));
      for (Tensor x : List.of(first, blocks, blocks.rows(2, 5))) {
        for (Function<Tensor, Tensor> product : products) {
          mark(false, weight, bias);
          double[] unmarked = tensors.doubles(product.apply(x));
          mark(true, weight, bias);
          assertThat(tensors.doubles(product.apply(x))).isEqualTo(unmarked);
        }
      }
    }
  }

  @Test
  void productsAreThoseOfTheirDefinition() {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      Tensor blocks = tensors.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
      Tensor matrix = tensors.of(new double[] {1, 10, 100, 1000}, 2, 2);
      assertThat(tensors.doubles(blocks.matmul(matrix)))
          .containsExactly(201, 2010, 403, 4030, 605, 6050, 807, 8070);
      assertThat(tensors.doubles(matrix.matmul(blocks)))
          .containsExactly(31, 42, 3100, 4200, 75, 86, 7500, 8600);
      assertThat(tensors.shape(matrix.matmul(blocks))).containsExactly(2, 2, 2);
      assertThat(tensors.doubles(blocks.linear(matrix)))
          .containsExactly(21, 2100, 43, 4300, 65, 6500, 87, 8700);
    }
  }

  private static void mark(boolean gradient, Tensor... tensors) {
    for (Tensor tensor : tensors) {
      NDArray nd = DjlTensor.nd(tensor);
      nd.setRequiresGradient(gradient);
    }
  }

  private static Tensor random(Tensors tensors, int... shape) {
    int size = 1;
    long[] axes = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      size *= shape[i];
      axes[i] = shape[i];
    }
    double[] values = new Random(5).doubles(size, -1, 1).toArray();
    return tensors.of(values, axes);
  }
}
