package org.trimtab.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;
import org.trimtab.tensor.djl.DjlTensor;
import org.trimtab.tensor.djl.DjlTensors;

/** What a graph keeps for its backward pass stays in memory until then. */
class GradientMemoryTest {
  @Test
  void aScaleOutlivesTheGarbageCollector() throws InterruptedException {
    try (Tensors tensors = DjlTensors.open(Precision.FP32)) {
      Tensor x = tensors.of(new float[] {1, 2}, 2);
      NDArray leaf = DjlTensor.nd(x);
      leaf.setRequiresGradient(true);
      try (NDScope scope = new NDScope();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        scope.suppressNotUsedWarning();
        Tensor loss = x;
        for (int i = 0; i < 64; i++) {
          loss = loss.mul(i % 2 == 0 ? 2 : 0.5);
        }
        overwriteFreedBuffers(tensors);
        collector.backward(DjlTensor.nd(loss.sumLast()));
      }
      assertArrayEquals(new float[] {1, 1}, leaf.getGradient().toFloatArray());
    }
  }

  /** Buffers of a scalar's size, in the place of those that nobody holds any more. */
  private static void overwriteFreedBuffers(Tensors tensors) throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      System.gc();
      Thread.sleep(20); // direct buffers are freed by another thread, after the collection
      for (int i = 0; i < 200; i++) {
        tensors.of(new double[] {Math.PI}, 1);
      }
    }
  }
}
