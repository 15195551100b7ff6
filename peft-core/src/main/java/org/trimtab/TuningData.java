package org.trimtab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.base.Sha256;
import org.trimtab.base.UserError;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.tokenizer.Texts;

/** Where a tuner's examples come from. */
interface TuningData {
  <Y> Splits<Y> splits(Task<Y> task);

  /** Of what {@link #splits} gave. */
  String sha256(Splits<?> splits);

  /** The task's own files. */
  record OfFiles() implements TuningData {
    @Override
    public <Y> Splits<Y> splits(Task<Y> task) {
      return task.load();
    }

    @Override
    public String sha256(Splits<?> splits) {
      return Sha256.of(splits.files());
    }
  }

  /** A program's texts. */
  record OfTexts(LabelledTexts train, LabelledTexts dev) implements TuningData {
    @Override
    public <Y> Splits<Y> splits(Task<Y> task) {
      return new Splits<>(
          split("train", train, task), split("dev", dev, task), List.of(), List.of());
    }

    @Override
    public String sha256(Splits<?> splits) {
      return Sha256.of(train.sha256() + dev.sha256());
    }
  }

  /**
   * A program's texts as a split of a task.
   *
   * @throws UserError for a gold value that the task doesn't allow
   */
  static <Y> Split<Y> split(String name, LabelledTexts texts, Task<Y> task) {
    List<Example<Y>> examples =
        IntStream.range(0, texts.size()).mapToObj(i -> example(name, i, texts, task)).toList();
    return new Split<>(name, Path.of(""), false, List.of(), examples);
  }

  private static <Y> Example<Y> example(String name, int index, LabelledTexts texts, Task<Y> task) {
    String source = name + " text " + (index + 1);
    String gold = texts.gold().get(index);
    Y value =
        task.gold(gold)
            .orElseThrow(
                () ->
                    new UserError(
                        source
                            + ": found the gold value '"
                            + gold
                            + "'; allowed "
                            + task.allowed()));
    return new Example<>(
        source, List.of(texts.texts().get(index)), Optional.of(value), BenchmarkIds.UNKNOWN);
  }

  /** Texts of which nothing is known as a split of a task. */
  static <Y> Split<Y> unlabelled(List<Texts> texts) {
    List<Example<Y>> examples = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      examples.add(
          new Example<>(
              "text " + (i + 1), List.of(texts.get(i)), Optional.empty(), BenchmarkIds.UNKNOWN));
    }
    return new Split<>("given", Path.of(""), false, List.of(), examples);
  }
}
