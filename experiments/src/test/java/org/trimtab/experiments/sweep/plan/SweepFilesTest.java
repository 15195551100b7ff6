package org.trimtab.experiments.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.experiments.config.ShippedFiles;

/** What a sweep's methods and tasks are taken for. */
class SweepFilesTest {
  private static final Path CONFIGS =
      Path.of(System.getProperty("trimtab.root", "..")).resolve("configs");
  private static final SweepFiles SWEEPS = new SweepFiles(new ShippedFiles(CONFIGS));
  @TempDir Path folder = Path.of("");

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void methodsAndTasksAreNamesOrFilesBesideTheSweep() throws IOException {
    Path own = write("own.yaml", "method: {type: lora}\n");
    Path bitfit = write("bitfit", "method: {type: bitfit}\n");
    Path sweep = write("s.yaml", "methods: [lora, own.yaml, bitfit]\ntasks: [rte]\n");
    SweepConfig config = SWEEPS.load(sweep);
    assertThat(config.methods()).containsExactly(CONFIGS.resolve("methods/lora.yaml"), own, bitfit);
    assertThat(config.tasks()).containsExactly(CONFIGS.resolve("tasks/rte.yaml"));
  }

  @Test
  void anUnknownNameIsRefusedAtItsPlace() throws IOException {
    Path sweep = write("s.yaml", "methods:\n  - lora\n  - promt\ntasks: [rte]\n");
    assertThatThrownBy(() -> SWEEPS.load(sweep))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            sweep
                + ":3:5: methods[1]: no such file, and no such name; found promt; allowed a file;")
        .hasMessageEndingWith("; did you mean 'prompt'?");
  }

  @Test
  void aMethodIsNoTaskAndAFileThatIsNotThereNoName() throws IOException {
    Path method = write("m.yaml", "methods: [lora]\ntasks: [lora]\n");
    assertThatThrownBy(() -> SWEEPS.load(method))
        .hasMessageStartingWith(method + ":2:9: tasks[0]: no such file, and no such name");
    Path missing = write("f.yaml", "methods: [../none/lora]\ntasks: [rte]\n");
    assertThatThrownBy(() -> SWEEPS.load(missing))
        .hasMessageContaining(missing + ":1:11: methods[0]: there is no such file; found ");
  }

  @Test
  void aNameAndItsFileAreOneMethod() throws IOException {
    Path lora = CONFIGS.resolve("methods/lora.yaml").toAbsolutePath();
    Path sweep = write("s.yaml", "methods: [lora, " + lora + "]\ntasks: [rte]\n");
    assertThatThrownBy(() -> SWEEPS.load(sweep))
        .hasMessageContaining("methods[1]: found lora a second time");
  }
}
