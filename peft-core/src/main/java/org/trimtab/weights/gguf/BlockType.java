package org.trimtab.weights.gguf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.tensor.DType;

/** The types of tensors that are read, each a row of blocks of so many values in so many bytes. */
enum BlockType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q8_0(8, 32, 34),
  Q4_K(12, 256, 144),
  Q6_K(14, 256, 210),
  BF16(30, 1, 2);

  /** Those of ggml by number, for messages; a dash where there is none, or none any more. */
  private static final List<String> NAMES =
      List.of(
          ("F32 F16 Q4_0 Q4_1 - - Q5_0 Q5_1 Q8_0 Q8_1 Q2_K Q3_K Q4_K Q5_K Q6_K Q8_K IQ2_XXS IQ2_XS"
                  + " IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ2_S IQ4_XS I8 I16 I32 I64 F64 IQ1_M BF16 - - -"
                  + " TQ1_0 TQ2_0 - - - MXFP4")
              .split(" ", -1));

  private final int number;
  private final int values;
  private final int bytes;

  BlockType(int number, int values, int bytes) {
    this.number = number;
    this.values = values;
    this.bytes = bytes;
  }

  static Optional<BlockType> of(long number) {
    return Stream.of(values()).filter(type -> type.number == number).findFirst();
  }

  /** For people, of any number. */
  static String told(long number) {
    boolean named = number < NAMES.size() && !NAMES.get((int) number).equals("-");
    return named ? NAMES.get((int) number) : "number " + number;
  }

  /** Values of a block. */
  int blockValues() {
    return values;
  }

  /** Bytes of a block. */
  int blockBytes() {
    return bytes;
  }

  /** The number format that values have as they stand, where they aren't quantized. */
  Optional<DType> plain() {
    return switch (this) {
      case F32 -> Optional.of(DType.F32);
      case F16 -> Optional.of(DType.F16);
      case BF16 -> Optional.of(DType.BF16);
      default -> Optional.empty();
    };
  }

  Decoder decoder() {
    return switch (this) {
      case F32 -> PlainValues::f32;
      case F16 -> PlainValues::f16;
      case BF16 -> PlainValues::bf16;
      case Q8_0 -> LegacyBlocks::q80;
      case Q4_0 -> LegacyBlocks::q40;
      case Q4_1 -> LegacyBlocks::q41;
      case Q4_K -> SuperBlocks::q4k;
      case Q6_K -> SuperBlocks::q6k;
    };
  }
}
