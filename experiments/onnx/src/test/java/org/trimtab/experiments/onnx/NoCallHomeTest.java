package org.trimtab.experiments.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The native library knows of no collector of what it could tell. */
class NoCallHomeTest {
  @Test
  void theLibraryHoldsNoAddressOfACollector() throws IOException {
    String library = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";
    try (InputStream in = OrtEnvironment.class.getResourceAsStream(library)) {
      String bytes =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(bytes.contains("MatMulInteger")).isTrue();
      assertThat(bytes.contains("events.data.microsoft.com")).isFalse();
    }
  }
}
