package org.trimtab.experiments.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;

class WatchTest {
  @TempDir Path folder = Path.of("");

  /** RFC 3720 gives 0xE3069283 for these digits; the mask is TensorFlow's. */
  @Test
  void theChecksumIsTheMaskedCrc32c() {
    int crc = 0xE3069283;
    assertThat(EventFile.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(((crc >>> 15) | (crc << 17)) + 0xa282ead8);
  }

  @Test
  void eventsAreProtobufMessages() {
    assertThat(HexFormat.of().formatHex(Event.start(1.0, 300)))
        .isEqualTo("09000000000000f03f" + "10ac02" + "3a020801");
    assertThat(HexFormat.of().formatHex(Event.scalars(1.0, 2, Map.of("a", 1.0))))
        .isEqualTo("09000000000000f03f" + "1002" + "2a0a" + "0a08" + "0a0161" + "150000803f");
  }

  @Test
  void aTrainingLeavesWholeRecordsAndAResumedOneASecondFile() throws IOException {
    for (int process = 0; process < 2; process++) {
      try (TensorBoardLog log = new TensorBoardLog(folder)) {
        log.onResume(process);
        log.onStep(
            process + 1, 2, new Trainer.Step(0.5, Map.of(GlobalNormClipping.NORM, 1.5)), 1e-3);
        log.onEvaluation(process + 1, 0, Map.of("accuracy", OptionalDouble.empty()));
      }
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(2);
    for (Path file : files) {
      List<String> records = records(ByteBuffer.wrap(Files.readAllBytes(file)));
      assertThat(records).hasSize(4);
      assertThat(records.get(0)).contains("brain.Event:2");
      assertThat(records.get(2)).contains("train/loss", "train/gradient_norm", "train/lr");
      assertThat(records.get(3)).contains("dev/accuracy");
    }
  }

  private static List<String> records(ByteBuffer file) {
    List<String> records = new ArrayList<>();
    file.order(ByteOrder.LITTLE_ENDIAN);
    while (file.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      file.get(length);
      assertThat(file.getInt()).isEqualTo(EventFile.maskedCrc(length));
      byte[] event =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      file.get(event);
      assertThat(file.getInt()).isEqualTo(EventFile.maskedCrc(event));
      records.add(new String(event, StandardCharsets.ISO_8859_1));
    }
    return records;
  }

  @Test
  void aCurveIsDrawnOfItsPoints() {
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int step = 1; step <= 8; step++) {
      points.add(new LearningCurve.Point(step, step));
    }
    points.add(new LearningCurve.Point(9, Double.NaN));
    assertThat(new LearningCurve(8, 4).lines("loss", points))
        .containsExactly(
            "loss",
            "   8.0000 |      **",
            "          |    **",
            "          |  **",
            "   1.0000 |**",
            "          +--------",
            "           1      8");
    assertThat(new LearningCurve(8, 4).lines("loss", List.of()))
        .containsExactly("loss: no value yet");
    assertThat(new LearningCurve(4, 2).lines("flat", List.of(new LearningCurve.Point(1, 0.5))))
        .contains("   0.5000 |*");
  }

  @Test
  void whatAKilledRunLoggedIsReadUpToItsLastWholeLine() throws IOException {
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        """
            {"step":1,"loss":0.7,"gradient_norm":1,"lr":0}
            {"warning":"x"}
            {"step":9,"epoch":1,"metrics":{"matthews":null,"accuracy":0.5}}
            {"step":10,"lo\
            """);
    History history = History.read(new RunFolder(folder));
    assertThat(history.truncated()).isTrue();
    assertThat(history.loss()).containsExactly(new LearningCurve.Point(1, 0.7));
    assertThat(history.dev()).containsOnlyKeys("matthews", "accuracy");
    assertThat(history.dev().get("accuracy")).containsExactly(new LearningCurve.Point(9, 0.5));
  }
}
