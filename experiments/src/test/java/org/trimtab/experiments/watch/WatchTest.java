package org.trimtab.experiments.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.runs.RunFolder;

class WatchTest {
  @TempDir Path folder = Path.of("");

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
