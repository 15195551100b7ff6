package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;

/** What {@code run} takes an argument for, in a folder with files of its own. */
class ExperimentPartsTest {
  @TempDir Path home = Path.of("");
  @TempDir Path here = Path.of("");

  @BeforeEach
  void writeShippedFiles() throws IOException {
    for (String name :
        List.of("tasks/mrpc", "tasks/rte", "methods/lora", "methods/prompt", "backbones/small")) {
      Path file = home.resolve(name + ".yaml");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "seeds: [1]\n");
    }
  }

  private ExperimentParts parts(String... told) {
    return ExperimentParts.of(List.of(told), here, new ShippedFiles(home));
  }

  private Path shipped(String file) {
    return home.resolve(file);
  }

  private void write(String file) throws IOException {
    Files.createDirectories(here.resolve(file).getParent());
    Files.writeString(here.resolve(file), "seeds: [1]\n");
  }

  @Test
  void namesAreShippedFilesInTheOrderToldUnderANameThatOrderDoesNotChange() {
    ExperimentParts parts = parts("small", "lora", "mrpc");
    assertThat(parts.files())
        .containsExactly(
            shipped("backbones/small.yaml"),
            shipped("methods/lora.yaml"),
            shipped("tasks/mrpc.yaml"));
    assertThat(parts.name()).isEqualTo("mrpc-lora-small");
    assertThat(parts("mrpc", "small", "lora").name()).isEqualTo(parts.name());
  }

  @Test
  void filesOfOnesOwnKeepTheirPlaceInTheName() {
    assertThat(parts("mine/task.yaml", "small", "lora").name()).isEqualTo("task-lora-small");
    assertThat(parts("lora", "more.yml", "mrpc").name()).isEqualTo("mrpc-more-lora");
    assertThat(parts("my.yaml").name()).isEqualTo("my");
  }

  @Test
  void aFileThatIsHereWinsOverANameAndAFolderOrAnEndingDoesNot() throws IOException {
    write("lora");
    write("prompt.yaml");
    write("rte/notes");
    assertThat(parts("lora").files()).containsExactly(here.resolve("lora"));
    assertThat(parts("prompt").files()).containsExactly(shipped("methods/prompt.yaml"));
    assertThat(parts("prompt.yaml").files()).containsExactly(here.resolve("prompt.yaml"));
    assertThat(parts("rte").files()).containsExactly(shipped("tasks/rte.yaml"));
  }

  @Test
  void aSeparatorOrAnEndingMeansAFileWhetherOrNotItIsThere() {
    assertThat(parts("none/lora", "lora.yml").files())
        .containsExactly(here.resolve("none/lora"), here.resolve("lora.yml"));
  }

  @Test
  void twoOfAKindAreRefusedByNameOrByFile() {
    assertRefused("more than one of the tasks; found mrpc, rte; allowed one task", "mrpc", "rte");
    assertRefused("more than one of the methods; found lora, lora;", "lora", "mrpc", "lora");
    String file = shipped("methods/lora.yaml").toString();
    assertRefused("more than one of the methods; found prompt, " + file, "prompt", file);
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesOfEachKindAndTheNearest() {
    assertRefused(
        "no such file, and no such name; found lorra; allowed a file; of the tasks mrpc, rte; of the"
            + " methods lora, prompt; of the backbones small; did you mean 'lora'?",
        "mrpc",
        "lorra");
  }

  private void assertRefused(String message, String... told) {
    assertThatThrownBy(() -> parts(told))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }
}
