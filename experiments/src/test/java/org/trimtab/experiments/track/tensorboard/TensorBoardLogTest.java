package org.trimtab.experiments.track.tensorboard;

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
import org.trimtab.experiments.track.Tracker;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;

class TensorBoardLogTest {
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
      TensorBoardLog log = new TensorBoardLog(folder);
      log.onResume(process);
      log.onStep(process + 1, 2, new Trainer.Step(0.5, Map.of(GlobalNormClipping.NORM, 1.5)), 1e-3);
      log.onEvaluation(process + 1, 0, Map.of("accuracy", OptionalDouble.empty()));
      log.end(Tracker.Ending.FINISHED);
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
}
