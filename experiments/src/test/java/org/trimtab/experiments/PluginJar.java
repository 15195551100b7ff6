package org.trimtab.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
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
import org.trimtab.experiments.cli.Main;
import org.trimtab.plugin.TrimtabPlugin;

/** A jar of somebody else, and the command line with it on the class path. */
public record PluginJar(Path file) {
  /**
   * Writes a jar.
   *
   * @param resources files beside {@code plugin}'s class
   */
  public static PluginJar write(
      Path file,
      Class<? extends TrimtabPlugin> plugin,
      List<Class<?>> classes,
      List<String> resources)
      throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      for (Class<?> type : classes) {
        copy(type.getName().replace('.', '/') + ".class", type, out);
      }
      for (String resource : resources) {
        copy(plugin.getPackageName().replace('.', '/') + "/" + resource, plugin, out);
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + TrimtabPlugin.class.getName()));
      out.write(plugin.getName().getBytes(StandardCharsets.UTF_8));
    }
    return new PluginJar(file);
  }

  private static void copy(String name, Class<?> neighbour, JarOutputStream out)
      throws IOException {
    out.putNextEntry(new JarEntry(name));
    try (InputStream in = Objects.requireNonNull(neighbour.getResourceAsStream("/" + name), name)) {
      in.transferTo(out);
    }
  }

  /** What the command line says, which ends with {@code expectedCode}. */
  String trimtab(int expectedCode, String property, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtrimtab.home=" + System.getProperty("trimtab.root", ".."),
                property,
                "-cp",
                file + File.pathSeparator + System.getProperty("java.class.path"),
                Main.class.getName()));
    Stream.of(arguments).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(expectedCode);
    return output;
  }
}
