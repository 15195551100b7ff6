package org.trimtab.experiments.trial.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Span;
import org.trimtab.tokenizer.Texts;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.tokenizer.Tokenizer;

/** Token ids on disk are those that were made, or are made again. */
class TokenFilesTest {
  @TempDir Path folder = Path.of("");
  private int made;

  /** A token for each character. */
  private final class Characters implements Tokenizer {
    @Override
    public Encoding encode(Texts texts, int maximumLength) {
      made++;
      int[] tokens = texts.text().chars().limit(maximumLength).toArray();
      boolean cut = texts.text().length() > maximumLength;
      List<TokenRange> spans =
          texts.spans().stream().map(s -> new TokenRange(s.from(), s.to())).toList();
      return new Encoding(
          texts, tokens, new byte[tokens.length], spans, new Encoding.Cut(cut, false, false));
    }

    @Override
    public long[] tokenIds(String text) {
      return new long[0];
    }

    @Override
    public boolean ordinary(long id) {
      return true;
    }

    @Override
    public void close() {}
  }

  private static Example<Integer> example(String text, Span... spans) {
    Texts row = new Texts(text, Optional.of("pair"), List.of(spans));
    return new Example<>("a:1", List.of(row), Optional.of(1), BenchmarkIds.UNKNOWN);
  }

  private List<List<int[]>> tokens(List<Example<Integer>> examples, String sha256, int length) {
    List<List<int[]>> tokens = new ArrayList<>();
    new TokenFiles(folder, 2)
        .encode(examples, new Characters(), sha256, length)
        .forEach(rows -> tokens.add(rows.stream().map(Encoding::tokens).toList()));
    return tokens;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void whatWasMadeOnceIsReadBackWhole() throws IOException {
    List<Example<Integer>> examples =
        List.of(example("some words", new Span(false, 0, 4)), example("wörter"), example(""));
    Characters tokenizer = new Characters();
    TokenFiles store = new TokenFiles(folder, 2);
    List<List<Encoding>> first = store.encode(examples, tokenizer, "sha", 6);
    List<List<Encoding>> again = store.encode(examples, tokenizer, "sha", 6);
    assertThat(made).isEqualTo(3);
    assertThat(again).usingRecursiveComparison().isEqualTo(first);
    assertThat(files()).hasSize(1);
  }

  @Test
  void anotherTokenizerLengthTextOrSpanIsAnotherFile() throws IOException {
    tokens(List.of(example("a"), example("b")), "sha", 6);
    tokens(List.of(example("a"), example("b")), "other", 6);
    tokens(List.of(example("a"), example("b")), "sha", 5);
    tokens(List.of(example("ab"), example("")), "sha", 6);
    tokens(List.of(example("a", new Span(false, 0, 1)), example("b")), "sha", 6);
    assertThat(files()).hasSize(5);
    assertThat(made).isEqualTo(10);
  }

  @Test
  void aDamagedFileIsMadeAgain() throws IOException {
    List<Example<Integer>> examples = List.of(example("some words"), example("more"));
    List<List<int[]>> expected = tokens(examples, "sha", 6);
    byte[] bytes = Files.readAllBytes(files().get(0));
    for (int damage = 0; damage < bytes.length; damage += 3) {
      byte[] damaged = bytes.clone();
      damaged[damage] ^= 1;
      Files.write(files().get(0), damaged);
      assertThat(tokens(examples, "sha", 6)).usingRecursiveComparison().isEqualTo(expected);
    }
    Files.write(files().get(0), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(tokens(examples, "sha", 6)).usingRecursiveComparison().isEqualTo(expected);
    assertThat(Files.readAllBytes(files().get(0))).isEqualTo(bytes);
  }

  @Test
  void fewExamplesAndAFolderThatCannotBeWrittenNeedNoFile() throws IOException {
    tokens(List.of(example("a")), "sha", 6);
    assertThat(files()).isEmpty();
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    List<Example<Integer>> two = List.of(example("a"), example("b"));
    assertThat(new TokenFiles(file, 2).encode(two, new Characters(), "sha", 6)).hasSize(2);
  }
}
