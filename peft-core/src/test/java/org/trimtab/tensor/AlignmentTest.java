package org.trimtab.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trimtab.tensor.djl.DjlTensor;
import org.trimtab.tensor.djl.DjlTensors;

/** Values of the host lie where the engine's own would: a process's history moves no bits. */
class AlignmentTest {
  @Test
  void valuesOfTheHostAreAlignedAsTheEnginesOwn() {
    for (Precision precision : Precision.values()) {
      try (Tensors tensors = DjlTensors.open(precision)) {
        for (Tensor tensor : ofAllSizes(tensors)) {
          NDArray nd = DjlTensor.nd(tensor);
          assertThat(nd.toByteBuffer(true).alignmentOffset(0, 64)).isZero();
        }
      }
    }
  }

  private static List<Tensor> ofAllSizes(Tensors tensors) {
    List<Tensor> all = new ArrayList<>();
    for (int length = 1; length < 100; length++) {
      all.add(tensors.of(new float[length], length));
      all.add(tensors.of(new double[length], length));
      all.add(tensors.of(new long[length], length));
    }
    return all;
  }
}
