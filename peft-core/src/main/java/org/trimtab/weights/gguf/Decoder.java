package org.trimtab.weights.gguf;

import java.nio.ByteBuffer;

/** The values of a block. */
interface Decoder {
  /**
   * Computes the values of one block.
   *
   * @param in little-endian, the block begins at byte {@code at}
   * @param out gets them from {@code to} on
   */
  void decode(ByteBuffer in, int at, float[] out, int to);
}
