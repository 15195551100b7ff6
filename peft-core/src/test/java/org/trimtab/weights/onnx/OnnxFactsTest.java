package org.trimtab.weights.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.pretrained.OnnxShapes;

/** What the graph of the real MiniLM says, and of the same with an operator replaced. */
class OnnxFactsTest {
  private static byte[] minilm() throws IOException {
    try (InputStream in = OnnxFactsTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static OnnxWeights read(byte[] onnx) {
    return OnnxWeights.read(new ByteArrayInputStream(onnx), "m.onnx");
  }

  /** {@code onnx} with the first node's operator, of three letters, replaced by another. */
  private static byte[] replaced(byte[] onnx, String from, String to) {
    String text = new String(onnx, StandardCharsets.ISO_8859_1);
    String field = "\"\u0003" + from;
    int at = text.indexOf(field);
    assertThat(at).isPositive();
    byte[] changed = onnx.clone();
    for (int i = 0; i < to.length(); i++) {
      changed[at + 2 + i] = (byte) to.charAt(i);
    }
    return changed;
  }

  @Test
  void theGraphSaysHeadsActivationAndEpsilon() throws IOException {
    BertConfig expected = new BertConfig("bert", 384, 6, 12, 1536, 30522, 512, 1e-12, "gelu", 0, 2);
    try (OnnxWeights weights = read(minilm())) {
      assertThat(OnnxShapes.of(weights, Optional.empty())).isEqualTo(expected);
      assertThat(OnnxShapes.of(weights, Optional.of(12))).isEqualTo(expected);
      for (int heads : new int[] {6, 7}) {
        assertThatThrownBy(() -> OnnxShapes.of(weights, Optional.of(heads)))
            .isInstanceOf(Invalid.class)
            .hasMessage("found " + heads + "; the graph of m.onnx has 12");
      }
    }
  }

  @Test
  void anotherActivationIsNotTakenForGelu() throws IOException {
    try (OnnxWeights weights = read(replaced(minilm(), "Erf", "Sin"))) {
      assertThatThrownBy(() -> OnnxShapes.of(weights, Optional.empty()))
          .isInstanceOf(UserError.class)
          .hasMessageMatching("m.onnx: the feed-forward's activation is made of the .*Sin.*");
    }
  }
}
