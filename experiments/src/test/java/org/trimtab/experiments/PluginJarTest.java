package org.trimtab.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar of somebody else on the class path: its method is found, listed and trained. */
class PluginJarTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  @TempDir Path folder = Path.of("");

  private String trimtab(int expectedCode, String property, String... arguments)
      throws IOException, InterruptedException {
    return PluginJar.write(
            folder.resolve("steering-1.0.jar"),
            ThirdPartyMethod.Plugin.class,
            ThirdPartyMethod.classes(),
            List.of())
        .trimtab(expectedCode, property, arguments);
  }

  @Test
  void itsMethodIsListedWithItsJarAndTrains() throws IOException, InterruptedException {
    assertThat(trimtab(0, "-Dtest.method.name=steering", "methods"))
        .contains("steering", "One steering vector", "steering-1.0.jar");
    Path experiment =
        Files.writeString(
            folder.resolve("steering.yaml"),
            "extends: "
                + ROOT.resolve("configs/tasks/sentiment.yaml").toAbsolutePath().normalize()
                + """

                method: {type: steering, std: 0.02}
                data: {few_shot: {examples: 16}}
                train: {epochs: 1, groups: {steering: {lr: 1e-3}}}
                """);
    String ran =
        trimtab(
            0,
            "-Dtest.method.name=steering",
            "run",
            experiment.toString(),
            "--runs",
            folder.resolve("runs").toString());
    // 384 of the vector, 770 of the head
    assertThat(ran).contains("1,154 of");
  }

  @Test
  void aTargetThatMatchesNoSiteIsRefusedAtItsPlace() throws IOException, InterruptedException {
    Path experiment =
        Files.writeString(
            folder.resolve("steering.yaml"),
            "extends: "
                + ROOT.resolve("configs/tasks/sentiment.yaml").toAbsolutePath().normalize()
                + """

                method:
                  type: steering
                  std: 0.02
                  targets:
                    - {layer: 5, point: layer-input}
                    - {layer: 9, point: layer-input}
                """);
    String refused =
        trimtab(2, "-Dtest.method.name=steering", "run", experiment.toString(), "--dry-run");
    assertThat(refused)
        .endsWith(
            "steering.yaml:7:7: method.targets[1]: matches no site; found layer 9; allowed layers 0"
                + " to 5\n")
        .doesNotContain("\tat ");
  }

  @Test
  void aNameThatIsTakenIsRefusedWithBothProviders() throws IOException, InterruptedException {
    assertThat(trimtab(2, "-Dtest.method.name=prompt", "methods"))
        .contains("two methods are called 'prompt'", "trimtab", "steering-1.0.jar")
        .doesNotContain("\tat ");
  }
}
