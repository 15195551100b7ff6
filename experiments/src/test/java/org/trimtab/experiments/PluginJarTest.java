package org.trimtab.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.cli.Main;
import org.trimtab.plugin.TrimtabPlugin;

/** A jar of somebody else on the class path: its method is found, listed and trained. */
class PluginJarTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  @TempDir Path folder = Path.of("");

  private Path jar() throws IOException {
    Path jar = folder.resolve("steering-1.0.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : classes()) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + name))) {
          in.transferTo(out);
        }
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + TrimtabPlugin.class.getName()));
      out.write(ThirdPartyMethod.Plugin.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static List<Class<?>> classes() {
    return ThirdPartyMethod.classes();
  }

  private String trimtab(int expectedCode, String property, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                property,
                "-cp",
                jar() + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                Main.class.getName()));
    Stream.of(arguments).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(expectedCode);
    return output;
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
