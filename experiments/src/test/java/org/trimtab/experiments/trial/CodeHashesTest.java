package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.plugin.ExamplePlugin;
import com.example.plugin.MeanMaxHeadConfig;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.PluginJar;
import org.trimtab.experiments.process.CodeHashes;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.head.HeadConfig;
import org.trimtab.plugin.MethodRegistry;

/** Whatever code a trial's settings name is part of where its result comes from. */
class CodeHashesTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final ExperimentConfig PLAIN =
      ExperimentFiles.of(MethodRegistry.installed())
          .load(ROOT.resolve("configs/quickstart.yaml"), List.of(), Optional.empty());
  @TempDir Path folder = Path.of("");

  @Test
  void thoseOfTrimtabAreOfItsOwnParts() {
    assertThat(CodeHashes.hashes(PLAIN).plugins()).isEmpty();
    assertThat(CodeHashes.hashes(PLAIN).core()).hasSize(16);
  }

  @Test
  void theJarOfAHeadCounts() throws Exception {
    Provenance.CodeHashes plain = CodeHashes.hashes(PLAIN);
    Provenance.CodeHashes one = with(List.of());
    Provenance.CodeHashes other = with(ExamplePlugin.resources());
    assertThat(one).usingRecursiveComparison().ignoringFields("plugins").isEqualTo(plain);
    assertThat(one).isEqualTo(with(List.of()));
    assertThat(other.plugins().orElseThrow()).hasSize(16).isNotEqualTo(one.plugins().orElse(""));
  }

  /** The hashes with a head of a jar that holds {@code resources}. */
  private Provenance.CodeHashes with(List<String> resources) throws Exception {
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
              PLAIN.adapter(),
              (HeadConfig) head,
              PLAIN.recipe(),
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
