package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.plugin.ExamplePlugin;
import com.example.plugin.MeanMaxHeadConfig;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.PluginJar;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.head.HeadConfig;
import org.trimtab.methods.MethodsModule;

/** Whatever code a trial's settings name is part of where its result comes from. */
class CodeHashesTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final ExperimentConfig PLAIN =
      ExperimentFiles.of(MethodsModule.installed())
          .load(ROOT.resolve("configs/quickstart.yaml"), List.of(), Optional.empty());
  @TempDir Path folder = Path.of("");

  @Test
  void thoseOfTrimtabAreOfItsOwnParts() {
    assertThat(CodeHashes.hashes(PLAIN)).containsOnlyKeys("core", "method", "experiments");
  }

  @Test
  void theJarOfAHeadCounts() throws Exception {
    Map<String, String> plain = CodeHashes.hashes(PLAIN);
    Map<String, String> one = with(List.of());
    Map<String, String> other = with(ExamplePlugin.resources());
    assertThat(one).containsAllEntriesOf(plain).hasSize(4).isEqualTo(with(List.of()));
    assertThat(other.get("plugins")).hasSize(16).isNotEqualTo(one.get("plugins"));
  }

  /** The hashes with a head of a jar that holds {@code resources}. */
  private Map<String, String> with(List<String> resources) throws Exception {
    PluginJar jar =
        PluginJar.write(
            folder.resolve("heads-" + resources.size() + ".jar"),
            ExamplePlugin.class,
            ExamplePlugin.classes(),
            resources);
    try (OfJar loader = new OfJar(jar)) {
      Object head =
          loader
              .findClass(MeanMaxHeadConfig.class.getName())
              .getConstructor(double.class)
              .newInstance(0.02);
      return CodeHashes.hashes(
          new ExperimentConfig(
              PLAIN.backbone(),
              PLAIN.task(),
              PLAIN.data(),
              PLAIN.method(),
              (HeadConfig) head,
              PLAIN.train(),
              PLAIN.checkpoint(),
              PLAIN.seeds()));
    }
  }

  /** Finds classes in the jar, though the class path has them too. */
  private static final class OfJar extends URLClassLoader {
    OfJar(PluginJar jar) throws IOException {
      super(new URL[] {jar.file().toUri().toURL()}, CodeHashesTest.class.getClassLoader());
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      return super.findClass(name);
    }
  }
}
