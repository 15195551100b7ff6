package org.trimtab.experiments.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.base.Sha256;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.config.SettingTypes;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.method.MethodConfig;
import org.trimtab.methods.TrimtabMethods;
import org.trimtab.tensor.Tensor;

/** The code that runs: what was built of which commit, and hashes of its classes. */
public final class CodeHashes {
  private static final int DIGITS = 16;

  private CodeHashes() {}

  /** What runs an experiment. */
  public static Provenance.Code of(ExperimentConfig config) {
    Properties git = git();
    return new Provenance.Code(
        hashes(config),
        git.getProperty("git.commit.id.full", ""),
        Boolean.parseBoolean(git.getProperty("git.dirty", "false")));
  }

  /**
   * A hash of each part's classes and resources: core, experiments, the method's jar and those of
   * the methods that it combines; and of further jars whose tasks, heads and the like {@code
   * config} names.
   */
  public static Provenance.CodeHashes hashes(ExperimentConfig config) {
    Set<Path> ofMethod = sources(methods(config.method()));
    Set<Path> others = sources(SettingTypes.of(config).stream());
    others.removeAll(ofMethod);
    others.removeAll(sources(Stream.of(Tensor.class, TrimtabMethods.class, CodeHashes.class)));
    return new Provenance.CodeHashes(
        hash(Tensor.class),
        ofAll(ofMethod),
        hash(CodeHashes.class),
        others.isEmpty() ? Optional.empty() : Optional.of(ofAll(others)));
  }

  private static Stream<Class<?>> methods(MethodConfig method) {
    return Stream.concat(
        Stream.of(method.getClass()), method.combined().stream().flatMap(CodeHashes::methods));
  }

  private static Set<Path> sources(Stream<? extends Class<?>> types) {
    return types.map(CodeHashes::source).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** One hash of all. */
  private static String ofAll(Set<Path> sources) {
    List<String> hashes = sources.stream().map(CodeHashes::hashOf).distinct().toList();
    return hashes.size() == 1
        ? hashes.get(0)
        : Sha256.of(String.join("/", hashes)).substring(0, DIGITS);
  }

  private static Properties git() {
    Properties git = new Properties();
    try (InputStream in = CodeHashes.class.getResourceAsStream("/trimtab-git.properties")) {
      if (in != null) {
        git.load(in);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return git;
  }

  private static String hash(Class<?> type) {
    return hashOf(source(type));
  }

  /** The jar or the folder that holds a class. */
  private static Path source(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("can't find the code of " + type, e);
    }
  }

  private static String hashOf(Path source) {
    try {
      if (Files.isDirectory(source)) {
        return hash(source);
      }
      try (FileSystem jar = FileSystems.newFileSystem(source)) {
        return hash(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new IllegalStateException("can't read the code of " + source, e);
    }
  }

  /** Of classes and defaults alone: the same from a folder and from a jar. */
  private static String hash(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(f -> f.toString().matches(".*\\.(class|yaml)")).sorted().toList();
    }
    List<byte[]> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      parts.add(Files.readAllBytes(file));
    }
    return Sha256.ofParts(parts).substring(0, DIGITS);
  }
}
