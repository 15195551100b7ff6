package org.trimtab.task.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.batch.Batch;
import org.trimtab.batch.BatchSize;
import org.trimtab.batch.Batches;
import org.trimtab.batch.Labelled;
import org.trimtab.task.FewShot;
import org.trimtab.task.Label;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.read.DelimitedFormat;
import org.trimtab.task.read.TableFile;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;

class TsvTaskTest {
  private static final Texts NO_WORDS = new Texts("", Optional.empty());
  @TempDir Path folder = Path.of("");

  private Task<?> task() {
    TableFile spec = spec("train.tsv");
    return new TableTaskConfig(
            "mine",
            folder,
            DelimitedFormat.TSV,
            spec,
            spec("dev.tsv"),
            Map.of("other", spec("other.tsv")),
            Optional.empty(),
            Map.of(),
            Optional.of(List.of(new Label("0", "bad"), new Label("1", "good"))),
            Optional.empty(),
            List.of("accuracy"),
            "accuracy",
            false)
        .create();
  }

  private static TableFile spec(String file) {
    return new TableFile(file, true, "text", Optional.empty(), Optional.of("label"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void quotationMarksAreOrdinaryAndAByteOrderMarkIsNoText() throws IOException {
    write("train.tsv", "\uFEFFtext\tlabel\na \"b\t1\r\n\t0");
    write("dev.tsv", "text\tlabel\nx\t1\n");
    Splits<?> splits = task().load();
    assertThat(splits.train().examples()).hasSize(2);
    assertThat(splits.train().examples().get(0).text()).isEqualTo("a \"b");
    assertThat(splits.train().examples().get(1).text()).isEmpty();
    assertThat(splits.further()).isEmpty();
    assertThat(splits.train().subset()).isFalse();
  }

  @Test
  void aSubsetServesWhereTheWholeIsMissing() throws IOException {
    write("train.subset.tsv", "text\tlabel\na\t1\n");
    write("dev.tsv", "text\tlabel\nx\t1\n");
    assertThat(task().load().train().subset()).isTrue();
  }

  @Test
  void errorsNameFileAndLine() throws IOException {
    assertThatThrownBy(() -> task().load())
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("train.tsv: there is no such file");
    write("dev.tsv", "text\tlabel\nx\t1\n");
    write("train.tsv", "text\tlabel\na\t1\nb\t2\n");
    assertThatThrownBy(() -> task().load())
        .hasMessageEndingWith("train.tsv:3: label '2' is unknown; allowed 0, 1");
    write("train.tsv", "text\tlabel\na\n");
    assertThatThrownBy(() -> task().load())
        .hasMessageEndingWith("train.tsv:2: found 1 columns; expected 2");
    write("train.tsv", "text\tlabel\n");
    assertThatThrownBy(() -> task().load()).hasMessageEndingWith("train.tsv: holds no examples");
    write("train.tsv", "words\tlabel\na\t1\n");
    assertThatThrownBy(() -> task().load())
        .hasMessageEndingWith("train.tsv:1: no column 'text'; found words, label");
    Files.write(
        folder.resolve("train.tsv"),
        "text\tlabel\n\u00e9\t1".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> task().load()).hasMessageEndingWith("train.tsv:2: not UTF-8");
  }

  @Test
  void fewShotSubsetsAreDrawnBySeedAndRefuseMoreThanThereIs() throws IOException {
    StringBuilder text = new StringBuilder("text\tlabel\n");
    for (int i = 0; i < 40; i++) {
      text.append(i).append('\t').append(i % 4 == 0 ? 1 : 0).append('\n');
    }
    write("train.tsv", text.toString());
    write("dev.tsv", "text\tlabel\nx\t1\n");
    Split<?> train = task().load().train();
    FewShot inAll = new FewShot(Optional.of(10), Optional.empty());
    assertThat(inAll.draw(train, List.of(), new Random(1)).train().examples())
        .hasSize(10)
        .isEqualTo(inAll.draw(train, List.of(), new Random(1)).train().examples())
        .isNotEqualTo(inAll.draw(train, List.of(), new Random(2)).train().examples());
    Split<?> each =
        new FewShot(Optional.empty(), Optional.of(5)).draw(train, List.of(), new Random(1)).train();
    assertThat(each.gold().stream().filter(g -> g.equals(1)).count()).isEqualTo(5);
    assertThat(each.examples()).hasSize(10);
    assertThatThrownBy(
            () ->
                new FewShot(Optional.empty(), Optional.of(11))
                    .draw(train, List.of("no", "yes"), new Random(1)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("found 11; allowed up to 10, the examples of the class 'yes' in ");
    aDevSetIsDrawnOfTheRest(train);
  }

  private static <Y> void aDevSetIsDrawnOfTheRest(Split<Y> train) {
    Optional<Integer> ten = Optional.of(10);
    FewShot withDev = new FewShot(ten, Optional.empty(), Optional.of(30));
    FewShot.Drawn<Y> drawn = withDev.draw(train, List.of(), new Random(1));
    assertThat(drawn.train().examples())
        .isEqualTo(
            new FewShot(ten, Optional.empty())
                .draw(train, List.of(), new Random(1))
                .train()
                .examples());
    assertThat(drawn.dev().orElseThrow().examples())
        .hasSize(30)
        .doesNotContainAnyElementsOf(drawn.train().examples());
    assertThatThrownBy(
            () ->
                new FewShot(ten, Optional.empty(), Optional.of(31))
                    .draw(train, List.of(), new Random(1)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("found 31; allowed up to 30, the examples that are left in ");
  }

  @Test
  void batchesHoldEveryExampleOnceAndRepeatBySeed() {
    Random lengths = new Random(3);
    List<List<Encoding>> examples =
        java.util.stream.IntStream.range(0, 103)
            .mapToObj(i -> 1 + lengths.nextInt(30))
            .map(n -> List.of(new Encoding(NO_WORDS, new int[n], new byte[n])))
            .toList();
    List<Batch> batches = shuffled(examples, 1);
    assertThat(batches.stream().flatMap(b -> b.indices().stream()).sorted().toList())
        .isEqualTo(java.util.stream.IntStream.range(0, 103).boxed().toList());
    assertThat(order(batches))
        .isEqualTo(order(shuffled(examples, 1)))
        .isNotEqualTo(order(shuffled(examples, 2)));
    long padding =
        batches.stream()
            .mapToLong(
                b ->
                    (long) b.size() * b.width()
                        - b.choices().stream().mapToInt(Encoding::length).sum())
            .sum();
    assertThat(padding).isLessThan(300);
  }

  private static List<Batch> shuffled(List<List<Encoding>> examples, long seed) {
    List<Integer> gold = java.util.Collections.nCopies(examples.size(), 0);
    return Batches.shuffled(examples, gold, BatchSize.of(8), new Random(seed)).stream()
        .map(Labelled::batch)
        .toList();
  }

  private static List<List<Integer>> order(List<Batch> batches) {
    return batches.stream().map(Batch::indices).toList();
  }
}
