package org.trimtab.weights.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.IntUnaryOperator;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/**
 * Decodes a tensor row by row, so that there is one copy of its values.
 *
 * @param tensor of no more than 2 GiB, decoded
 * @param data its bytes, little-endian
 */
record RowDecoder(GgufTensor tensor, ByteBuffer data) {
  /**
   * All rows as F32.
   *
   * @param from which row of the file a row is
   */
  HostTensor rows(IntUnaryOperator from) {
    int rows = (int) tensor.rows();
    float[] row = new float[(int) tensor.width()];
    ByteBuffer values =
        ByteBuffer.allocate(rows * row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = values.asFloatBuffer();
    for (int i = 0; i < rows; i++) {
      decode((int) (from.applyAsInt(i) * tensor.rowBytes()), row);
      floats.put(row);
    }
    return new HostTensor(DType.F32, tensor.shape(), values);
  }

  private void decode(int at, float[] row) {
    BlockType type = tensor.type();
    Decoder decoder = type.decoder();
    for (int i = 0, from = at; i < row.length; i += type.blockValues(), from += type.blockBytes()) {
      decoder.decode(data, from, row, i);
    }
  }
}
