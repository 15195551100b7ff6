package org.trimtab.weights.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;

/** Tensors of an ONNX file, written in each way that the format has. */
class OnnxTensorsTest {
  private static final double[] VALUES = {1.5, -2};

  @TempDir Path folder = Path.of("");

  /** A TensorProto of two values of {@code type}, with further {@code fields}. */
  private static byte[] tensor(int type, byte[]... fields) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0x08, 2, 0x10, (byte) type});
    out.write(field(8, "w".getBytes(StandardCharsets.UTF_8)));
    for (byte[] field : fields) {
      out.write(field);
    }
    return out.toByteArray();
  }

  private static byte[] field(int number, byte[] bytes) {
    return ByteBuffer.allocate(2 + bytes.length)
        .put((byte) (number << 3 | 2))
        .put((byte) bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] entry(String key, String value) {
    byte[] one = field(1, key.getBytes(StandardCharsets.UTF_8));
    byte[] two = field(2, value.getBytes(StandardCharsets.UTF_8));
    return field(13, ByteBuffer.allocate(one.length + two.length).put(one).put(two).array());
  }

  private static byte[] floats() {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return data.putFloat(1.5f).putFloat(-2).array();
  }

  private double[] read(byte[] tensor) {
    ByteBuffer in = ByteBuffer.wrap(tensor).order(ByteOrder.LITTLE_ENDIAN);
    OnnxTensors.Named read = new OnnxTensors(Optional.of(folder), "m.onnx").read(in).orElseThrow();
    assertThat(read.name()).isEqualTo("w");
    return read.values().doubles();
  }

  @Test
  void valuesAreReadWhereverTheyStand() throws IOException {
    byte[] half = {0x00, 0x3e, 0x00, (byte) 0xc0};
    byte[] bf16 = {(byte) 0xc0, 0x3f, 0x00, (byte) 0xc0};
    byte[] halfAsIntegers = {(byte) 0x80, 0x7c, (byte) 0x80, (byte) 0x80, 0x03};
    ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    doubles.putDouble(1.5).putDouble(-2);
    assertThat(read(tensor(1, field(9, floats())))).containsExactly(VALUES);
    assertThat(read(tensor(1, field(4, floats())))).containsExactly(VALUES);
    assertThat(read(tensor(10, field(9, half)))).containsExactly(VALUES);
    assertThat(read(tensor(10, field(5, halfAsIntegers)))).containsExactly(VALUES);
    assertThat(read(tensor(16, field(9, bf16)))).containsExactly(VALUES);
    assertThat(read(tensor(11, field(10, doubles.array())))).containsExactly(VALUES);
    assertThat(read(tensor(7, field(7, new byte[] {3, 4})))).containsExactly(3, 4);
  }

  @Test
  void valuesInAnotherFileAreReadFromThere() throws IOException {
    byte[] data = ByteBuffer.allocate(12).putInt(0).put(floats()).array();
    Files.write(folder.resolve("w.data"), data);
    byte[] outside = {0x70, 1};
    byte[] location = entry("location", "w.data");
    byte[] offset = entry("offset", "4");
    assertThat(read(tensor(1, location, offset, entry("length", "8"), outside)))
        .containsExactly(VALUES);
    assertThat(read(tensor(1, location, offset, outside))).containsExactly(VALUES);
    byte[] behind = tensor(1, location, entry("offset", "8"), entry("length", "8"), outside);
    assertThatThrownBy(() -> read(behind))
        .isInstanceOf(UserError.class)
        .hasMessage("m.onnx: tensor 'w' ends behind " + folder + "/w.data: bytes 8 to 16 of 12");
    byte[] above = tensor(1, entry("location", "../w.data"), outside);
    assertThatThrownBy(() -> read(above))
        .hasMessageEndingWith("lies in the file '../w.data'; allowed a file beside the model's");
    byte[] gone = tensor(1, entry("location", "x.data"), outside);
    assertThatThrownBy(() -> read(gone))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("x.data");
  }
}
