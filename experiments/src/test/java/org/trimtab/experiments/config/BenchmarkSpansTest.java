package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.tokenizer.Span;
import org.trimtab.tokenizer.Texts;
import org.trimtab.tokenizer.TokenRange;

/** The marked places of the real WiC and WSC, among MiniLM's tokens. */
class BenchmarkSpansTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));

  @ParameterizedTest
  @ValueSource(strings = {"wic", "wsc"})
  void everyPlaceIsFoundAsItsOwnTokens(String task) throws IOException {
    Path data = Path.of(System.getProperty("trimtab.data", "data")).normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve("superglue")),
        () -> "skipped: no SuperGLUE data at " + data);
    String name = "/all-minilm-l6-v2-tokenizer.json";
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name));
        HfTokenizer tokenizer = HfTokenizer.read(in, name)) {
      List<Texts> rows = rows(task, data);
      assertThat(rows).hasSizeGreaterThan(800);
      List<Texts> within =
          rows.stream()
              .filter(row -> !foundWhole(row, tokenizer.encode(row, 512), tokenizer))
              .toList();
      // the place may be a part of a token: does of doesn't, which is doesn, ', t
      assertThat(within.size()).as(within.toString()).isLessThanOrEqualTo(rows.size() / 100);
    }
  }

  private static boolean foundWhole(Texts row, Encoding encoding, HfTokenizer tokenizer) {
    assertThat(encoding.lostSpan()).as(row.toString()).isFalse();
    return IntStream.range(0, 2)
        .allMatch(
            s -> {
              TokenRange range = encoding.spans().get(s);
              long[] own = Arrays.copyOfRange(encoding.ids(), range.from(), range.to());
              return Arrays.equals(own, tokenizer.tokenIds(marked(row, row.spans().get(s))));
            });
  }

  private static List<Texts> rows(String task, Path data) {
    Path configs = ROOT.resolve("configs");
    List<Path> files =
        List.of(configs.resolve("tasks/" + task + ".yaml"), configs.resolve("methods/prompt.yaml"));
    ExperimentConfig config =
        ExperimentFiles.of(Methods.all()).read(files, List.of(), Optional.of(data)).value();
    return config.task().create().load().all().stream().flatMap(BenchmarkSpansTest::rows).toList();
  }

  private static Stream<Texts> rows(Split<?> split) {
    return split.examples().stream().map(Example::choices).map(rows -> rows.get(0));
  }

  private static String marked(Texts row, Span span) {
    String text = span.inPair() ? row.pair().orElseThrow() : row.text();
    return text.substring(
        text.offsetByCodePoints(0, span.from()), text.offsetByCodePoints(0, span.to()));
  }
}
