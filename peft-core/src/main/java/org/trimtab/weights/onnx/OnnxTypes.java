package org.trimtab.weights.onnx;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.tensor.DType;

/** The number formats that a model computes with, by ONNX's codes (TensorProto.DataType). */
public final class OnnxTypes {
  private static final Map<DType, Integer> CODES =
      new EnumMap<>(
          Map.of(
              DType.F32,
              1,
              DType.U8,
              2,
              DType.I8,
              3,
              DType.I32,
              6,
              DType.I64,
              7,
              DType.BOOL,
              9,
              DType.F16,
              10,
              DType.F64,
              11,
              DType.BF16,
              16));

  private OnnxTypes() {}

  static Optional<DType> of(int code) {
    return CODES.entrySet().stream()
        .filter(entry -> entry.getValue() == code)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The code of {@code type}.
   *
   * @throws IllegalArgumentException if it isn't among them
   */
  public static int code(DType type) {
    Integer code = CODES.get(type);
    if (code == null) {
      throw new IllegalArgumentException("no tensors of " + type + " in a graph");
    }
    return code;
  }
}
