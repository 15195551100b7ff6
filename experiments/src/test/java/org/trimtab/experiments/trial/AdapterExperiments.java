package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;

/**
 * Short experiments over the tiny BERT with its pooler, to be written and read as adapters of
 * another library.
 *
 * @param folder where all their files are
 * @param format what export calls the library's
 */
record AdapterExperiments(Path folder, String format) {
  private static final Path TASK =
      Path.of(System.getProperty("trimtab.root", ".."), "configs/tasks/sentiment.yaml")
          .toAbsolutePath()
          .normalize();

  static AdapterExperiments in(Path folder, String format) {
    new TinyExperiment(folder); // writes the backbone
    return new AdapterExperiments(folder, format);
  }

  Path file(String name, String more) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        extends: %s
        backbone: {type: huggingface, directory: tiny, pooler: frozen}
        data: {maximum_length: 40, few_shot: {examples: 48}}
        train: {epochs: 1, batch: 16}
        %s
        """
            .formatted(TASK, more));
    return file;
  }

  List<Path> trials(String name) throws IOException {
    try (Stream<Path> trials = Files.list(folder.resolve("runs").resolve(name))) {
      return trials.sorted().toList();
    }
  }

  Path run(String name, String more, String... arguments) throws IOException {
    Path file = file(name, more);
    String[] all =
        Stream.concat(
                Stream.of("run", file.toString(), "--runs", folder.resolve("runs").toString()),
                Stream.of(arguments))
            .toArray(String[]::new);
    Cli.Ran ran = trimtab(all);
    assertThat(ran.code()).as(ran.err()).isZero();
    return trials(name).get(0);
  }

  Cli.Ran export(Path run, Path out) {
    return trimtab("export", "--format", format, run.toString(), out.toString());
  }

  Path exported(Path run, String name) {
    Path out = folder.resolve(name);
    Cli.Ran ran = export(run, out);
    assertThat(ran.code()).as(ran.err()).isZero();
    return out;
  }

  /** That {@code file} predicts and scores as {@code run} does, and says nothing besides. */
  void requireSame(Path file, Path run) {
    String[] texts = {"a fine film", "never again"};
    Cli.Ran of = trimtab("predict", run.toString(), texts[0], texts[1]);
    Cli.Ran from = trimtab("predict", file.toString(), texts[0], texts[1]);
    assertThat(from.code()).as(from.err()).isZero();
    assertThat(from.out()).isEqualTo(of.out()).isNotEmpty();
    assertThat(from.err()).isEmpty();
    Cli.Ran scores = trimtab("evaluate", file.toString());
    assertThat(scores.out()).isEqualTo(trimtab("evaluate", run.toString()).out()).isNotEmpty();
  }

  static void refused(Cli.Ran ran, String... parts) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err().strip()).doesNotContain("\n").contains(parts);
  }
}
