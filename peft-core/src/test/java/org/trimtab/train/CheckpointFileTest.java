package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.weights.SafetensorsWriter;

class CheckpointFileTest {
  private static final HostTensor NOW = HostTensor.of(new float[] {1, Float.MIN_VALUE, -0f}, 3);
  private static final HostTensor BEST = HostTensor.of(new float[] {3, 4, 5}, 3);
  private static final Progress PROGRESS =
      new Progress(
          new Progress.Position(12, 3, 4),
          new Progress.Best(0.1 + 0.2, 10, 2, Map.of("w", BEST)),
          List.of("one warning", "another: it has \"quotes\""),
          new Progress.Snapshot(
              Map.of("w", NOW),
              Map.of("step", HostTensor.of(new long[] {1L << 40}, 1)),
              Map.of("mean", HostTensor.of(new double[] {Math.PI}, 1))));

  @TempDir Path folder;

  private static Params params(Tensors tensors, String name) {
    Params params = new Params();
    params.add("group", name, tensors.zeros(3));
    return params;
  }

  @Test
  void whatWasSavedIsReadBackWhole() {
    try (DjlTensors tensors = DjlTensors.open(Precision.FP32)) {
      CheckpointFile file =
          new CheckpointFile(folder.resolve("a.safetensors"), params(tensors, "w"));
      assertThat(file.load()).isEmpty();
      CheckpointFile.Saved saved = new CheckpointFile.Saved(PROGRESS, Map.of("seconds", "1.5"));
      file.save(saved);
      assertThat(file.load().orElseThrow()).usingRecursiveComparison().isEqualTo(saved);
    }
  }

  @Test
  void beforeAnEvaluationThereIsNoBest() {
    try (DjlTensors tensors = DjlTensors.open(Precision.FP32)) {
      CheckpointFile file =
          new CheckpointFile(folder.resolve("a.safetensors"), params(tensors, "w"));
      Progress start = Progress.START.with(PROGRESS.snapshot());
      file.save(new CheckpointFile.Saved(start, Map.of()));
      Progress read = file.load().orElseThrow().progress();
      assertThat(read.best()).isEqualTo(Progress.START.best());
      assertThat(read.warnings()).isEmpty();
    }
  }

  @Test
  void theCheckpointOfOtherParametersIsRefused() {
    try (DjlTensors tensors = DjlTensors.open(Precision.FP32)) {
      Path file = folder.resolve("a.safetensors");
      new CheckpointFile(file, params(tensors, "w"))
          .save(new CheckpointFile.Saved(PROGRESS, Map.of()));
      assertThatThrownBy(new CheckpointFile(file, params(tensors, "v"))::load)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + ": has no tensor 'best/v'; ");
    }
  }

  @Test
  void aFileThatIsNoCheckpointIsRefused() throws IOException {
    try (DjlTensors tensors = DjlTensors.open(Precision.FP32)) {
      Path file = folder.resolve("a.safetensors");
      CheckpointFile checkpoint = new CheckpointFile(file, params(tensors, "w"));
      SafetensorsWriter.write(file, Map.of("value/w", NOW), Map.of());
      assertThatThrownBy(checkpoint::load)
          .isInstanceOf(UserError.class)
          .hasMessage(
              file
                  + ": no checkpoint: it has no 'position'; a training can't go on from it; put the"
                  + " file back, or remove it to begin the training anew");
      SafetensorsWriter.write(file, Map.of("value/w", NOW), Map.of("position", "1 2"));
      assertThatThrownBy(checkpoint::load)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(
              file + ": no checkpoint: its 'position' is not 3 numbers; a training can't go on");
      Files.delete(file);
      assertThat(checkpoint.load()).isEmpty();
    }
  }
}
