package org.trimtab.testing.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.trimtab.tensor.Tensor;

/** What each operation of the port is tried with. */
public final class Uses {
  private Uses() {}

  /** A use of each operation, by names that say which one. */
  public static Map<String, Function<Operands, Tensor>> all() {
    Map<String, Function<Operands, Tensor>> uses = new LinkedHashMap<>(ofOne());
    uses.put("add", o -> o.x().add(o.get("row")));
    uses.put("sub", o -> o.x().sub(o.get("column")));
    uses.put("sub of fewer axes", o -> o.get("row").sub(o.x()));
    uses.put("mul", o -> o.x().mul(o.get("vector")));
    uses.put("div", o -> o.x().div(o.x()));
    uses.put("matmul", o -> o.x().matmul(o.x().t()));
    uses.put("matmul of fewer axes", o -> o.x().matmul(o.get("matrix").t()));
    uses.put("matmul broadcast", o -> o.get("row").matmul(o.x().t()));
    uses.put("linear", o -> o.x().linear(o.get("matrix")));
    uses.put("linear with a bias", o -> o.x().linear(o.get("matrix"), o.get("bias")));
    uses.put("layerNorm", o -> o.x().layerNorm(o.get("vector"), o.get("vector"), 1e-5));
    uses.put("meanRows", o -> o.x().meanRows(o.get("mask")));
    uses.put("maxRows", o -> o.x().maxRows(o.get("mask")));
    uses.put("followedBy", o -> o.x().followedBy(o.x()));
    uses.put("beside", o -> o.x().beside(o.x().sumLast()));
    uses.put("lookup", o -> o.get("matrix").lookup(o.get("ids")));
    uses.put("gather", o -> o.x().gather(places(o).beside(places(o).add(2)).asIndex()));
    uses.put("gather broadcast", o -> o.x().gather(o.get("row").mul(0).add(2).asIndex()));
    uses.put("tableRows", o -> o.get("matrix").tableRows(1, o.x()));
    uses.put("batched", o -> o.get("matrix").batched(o.x()));
    uses.put("asIndex", o -> o.get("matrix").lookup(o.get("mask").asIndex()));
    return uses;
  }

  private static Map<String, Function<Operands, Tensor>> ofOne() {
    Map<String, Function<Operands, Tensor>> uses = new LinkedHashMap<>();
    uses.put("mul by a number", o -> o.x().mul(2));
    uses.put("add a number", o -> o.x().add(2));
    uses.put("log", o -> o.x().log());
    uses.put("sqrt", o -> o.x().sqrt());
    uses.put("cos", o -> o.x().cos());
    uses.put("sin", o -> o.x().sin());
    uses.put("t", o -> o.x().t());
    uses.put("relu", o -> o.x().relu());
    uses.put("gelu", o -> o.x().gelu());
    uses.put("tanh", o -> o.x().tanh());
    uses.put("sigmoid", o -> o.x().sigmoid());
    uses.put("softmax", o -> o.x().softmax());
    uses.put("logSoftmax", o -> o.x().logSoftmax());
    uses.put("dropout", o -> o.x().dropout(0));
    uses.put("mean", o -> o.x().mean());
    uses.put("sumLast", o -> o.x().sumLast());
    uses.put("sumAxis", o -> o.x().sumAxis(1));
    uses.put("cumulativeSum", o -> o.get("mask").cumulativeSum());
    uses.put("splitHeads", o -> o.x().splitHeads(2));
    uses.put("mergeHeads", o -> o.x().splitHeads(2).mergeHeads());
    uses.put("rows", o -> o.x().rows(1, 2));
    uses.put("rowsFrom", o -> o.x().rowsFrom(1));
    uses.put("rowsFrom the end", o -> o.x().rowsFrom(Operands.T));
    uses.put("columns", o -> o.x().columns(1, 3));
    uses.put("onesBeside", o -> o.x().onesBeside(5));
    uses.put("zerosLike", o -> o.x().zerosLike());
    uses.put("view", o -> o.x().view(0, -1, 2));
    uses.put("maskBias", o -> o.get("mask").maskBias());
    uses.put("detach", o -> o.x().detach());
    return uses;
  }

  /** Zeros and ones (B, T, 1). */
  private static Tensor places(Operands o) {
    return o.get("mask").view(0, 0, 1);
  }
}
