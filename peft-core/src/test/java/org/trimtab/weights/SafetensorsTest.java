package org.trimtab.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.base.UserError;
import org.trimtab.family.bert.BertModules;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HalfPrecision;
import org.trimtab.tensor.HostTensor;

class SafetensorsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenIsReadInItsOrder() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    tensors.put("b", HostTensor.of(new float[] {1, -2.5f}, 2));
    tensors.put("a", HostTensor.of(new double[] {Math.PI}, 1, 1));
    tensors.put("scalar", HostTensor.of(new long[] {Long.MIN_VALUE}));
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("by", "test"));
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.names()).containsExactly("b", "a", "scalar");
      assertThat(read.metadata()).containsEntry("format", "pt").containsEntry("by", "test");
      assertThat(read.tensor("b").floats()).containsExactly(1, -2.5f);
      assertThat(read.tensor("a").doubles()).containsExactly(Math.PI);
      assertThat(read.tensor("scalar").longs()).containsExactly(Long.MIN_VALUE);
      assertThatThrownBy(() -> read.tensor("c"))
          .isInstanceOf(UserError.class)
          .hasMessageEndingWith("has no tensor 'c'");
    }
    assertThat(folder.toFile().list()).containsExactly("x.safetensors");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyDtypeIsRead(DType type) throws IOException {
    int[] shape = {3};
    ByteBuffer data = ByteBuffer.allocate(shape[0] * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    HostTensor tensor = new HostTensor(type, new long[] {3}, data);
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.write(file, Map.of("x", tensor), Map.of());
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensor("x").type()).isEqualTo(type);
      assertThat(read.tensor("x").doubles()).containsExactly(0, 0, 0);
    }
  }

  @Test
  void aFileOfOverTwoGibibytesIsReadTensorByTensor() throws IOException {
    long big = 3L << 30;
    String header =
        "{\"big\":{\"dtype\":\"U8\",\"shape\":["
            + big
            + "],\"data_offsets\":[0,"
            + big
            + "]},\"last\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":["
            + big
            + ","
            + (big + 4)
            + "]}}";
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("sparse.safetensors");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length).array());
      out.write(bytes);
      out.seek(8 + bytes.length + big);
      out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(42.5f).array());
    }
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensor("last").floats()).containsExactly(42.5f);
      assertThatThrownBy(() -> read.tensor("big")).hasMessageContaining("larger than 2 GiB");
    }
    Files.delete(file);
  }

  @Test
  void halfPrecisionRoundsToNearestEven() {
    HostTensor values =
        HostTensor.of(new float[] {1f, 1 + 0x1p-11f, 1.001f, 65504f, 65520f, 6e-8f, -0f}, 7);
    assertThat(values.rounded(DType.F16).floats())
        .containsExactly(1f, 1f, 1 + 0x1p-10f, 65504f, Float.POSITIVE_INFINITY, 0x1p-24f, -0f);
    assertThat(
            HostTensor.of(new float[] {1 + 0x1p-8f, 1 + 0x3p-8f}, 2).rounded(DType.BF16).floats())
        .containsExactly(1f, 1 + 0x4p-8f);
  }

  @Test
  void everyHalfPrecisionValueSurvivesBeingWidenedAndNarrowed() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      short half = (short) bits;
      if (!Float.isNaN(HalfPrecision.fromF16(half))) {
        assertThat(HalfPrecision.toF16(HalfPrecision.fromF16(half))).isEqualTo(half);
      }
      if (!Float.isNaN(HalfPrecision.fromBf16(half))) {
        assertThat(HalfPrecision.toBf16(HalfPrecision.fromBf16(half))).isEqualTo(half);
      }
    }
  }

  @Test
  void shardsThatContradictTheirIndexAreRefused() throws IOException {
    SafetensorsWriter.write(
        folder.resolve("one.safetensors"),
        Map.of("bert.x", HostTensor.of(new float[] {1}, 1)),
        Map.of());
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {\"bert.x\": \"one.safetensors\"}}");
    try (HfWeights weights = HfWeights.open(folder, BertModules.NAMES.words())) {
      assertThat(weights.names()).isEqualTo(List.of("bert.x"));
    }
    Files.writeString(index, "{\"weight_map\": {\"bert.y\": \"one.safetensors\"}}");
    assertThatThrownBy(() -> HfWeights.open(folder, BertModules.NAMES.words()).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("says that one.safetensors holds 'bert.y', which it doesn't");
    Files.writeString(index, "{\"weight_map\": {\"bert.x\": \"two.safetensors\"}}");
    assertThatThrownBy(() -> HfWeights.open(folder, BertModules.NAMES.words()).close())
        .hasMessageEndingWith("two.safetensors: there is no such file");
  }
}
