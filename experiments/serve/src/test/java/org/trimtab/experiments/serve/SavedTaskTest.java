package org.trimtab.experiments.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.serving.SavedTask;
import org.trimtab.experiments.serving.ServedTask;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.task.Task;

/** What clients are told of tasks, and which can't be served. */
class SavedTaskTest {
  private static final Path CONFIGS =
      Path.of(System.getProperty("trimtab.root", "../..")).resolve("configs").toAbsolutePath();
  private static final ExperimentFiles EXPERIMENTS = ExperimentFiles.of(MethodRegistry.installed());

  private static ServedTask told(String task) {
    ExperimentConfig config =
        EXPERIMENTS
            .read(
                List.of(
                    CONFIGS.resolve("tasks/" + task + ".yaml"),
                    CONFIGS.resolve("methods/lora.yaml")),
                List.of(),
                Optional.of(Path.of("none")))
            .value();
    Task<?> created = config.task().create();
    return SavedTask.told("name", created, EXPERIMENTS.settings(config), 128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"copa", "wic", "wsc"})
  void choicesAndMarkedWordsAreRefused(String task) {
    assertThatThrownBy(() -> told(task))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("name: the task " + task + " reads more of an example than a text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mrpc", "sts-b", "mnli"})
  void labelsAreThoseThatPredictionsName(String task) {
    Map<String, List<String>> labels =
        Map.of(
            "mrpc", List.of("0", "1"),
            "sts-b", List.of("value"),
            "mnli", List.of("contradiction", "entailment", "neutral"));
    ServedTask told = told(task);
    assertThat(told.labels()).isEqualTo(labels.get(task));
    assertThat(told.backbone()).isEqualTo("minilm-l6");
    assertThat(told.method()).isEqualTo("lora");
  }
}
