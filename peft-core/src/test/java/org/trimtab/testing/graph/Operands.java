package org.trimtab.testing.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** Operands of an operation, all of one backing; x is (B, T, H), the matrix (5, H). */
public record Operands(Map<String, Tensor> byName) {
  public static final long B = 2;
  public static final long T = 3;
  public static final long H = 4;

  /** Values from 1 to 3, but for ids and a mask. */
  public static Operands computed(Tensors tensors) {
    Init init = new Init(tensors, new Random(1));
    Map<String, Tensor> operands = new LinkedHashMap<>();
    operands.put("x", init.uniform(1, B, T, H).add(2));
    operands.put("row", init.uniform(1, 1, H).add(2));
    operands.put("column", init.uniform(1, B, T, 1).add(2));
    operands.put("vector", init.uniform(1, H).add(2));
    operands.put("matrix", init.uniform(1, 5, H).add(2));
    operands.put("bias", init.uniform(1, 5).add(2));
    operands.put("mask", tensors.of(new double[] {1, 1, 0, 1, 1, 1}, B, T));
    operands.put("ids", tensors.of(new long[] {0, 4, 2, 1, 1, 3}, B, T));
    return new Operands(operands);
  }

  /** Inputs of {@code graph} in the place of these. */
  Operands recorded(Tensors tensors, Graph graph) {
    Map<String, Tensor> operands = new LinkedHashMap<>();
    byName.forEach(
        (name, tensor) -> {
          Shape shape = Shape.of(tensors.shape(tensor));
          operands.put(
              name, name.equals("ids") ? graph.indexInput(name, shape) : graph.input(name, shape));
        });
    return new Operands(operands);
  }

  public Tensor get(String name) {
    Tensor operand = byName.get(name);
    if (operand == null) {
      throw new IllegalArgumentException("no operand '" + name + "'");
    }
    return operand;
  }

  public Tensor x() {
    return get("x");
  }
}
