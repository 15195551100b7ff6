package org.trimtab.task.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;
import org.trimtab.json.JsonObject;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;

/** Reads files with a JSON object a line; blank lines are passed over. */
public final class JsonLines {
  private JsonLines() {}

  /**
   * The examples of a file, each line's by {@code ofLine}.
   *
   * @throws UserError if the file is missing, malformed or empty
   */
  public static <Y> Split<Y> read(
      String name, Path file, boolean subset, Function<JsonObject, List<Example<Y>>> ofLine) {
    List<Example<Y>> examples = new ArrayList<>();
    new TextFile(file)
        .forEachRow(
            (line, number) ->
                examples.addAll(ofLine.apply(JsonObject.parse(line, file + ":" + number))));
    if (examples.isEmpty()) {
      throw new UserError(file + ": holds no examples");
    }
    return new Split<>(name, file, subset, List.of(), examples);
  }

  /** The value of the field {@code name} of {@code object}. */
  public static <Y> Y gold(JsonObject object, String name, ValueKind<Y> kind) {
    String text = object.text(name);
    return kind.gold(text)
        .orElseThrow(
            () ->
                new UserError(
                    object.source()
                        + ": label '"
                        + text
                        + "' is unknown; allowed "
                        + kind.allowed()));
  }

  /** The number that the line has in a benchmark, where it has one. */
  public static List<Integer> idx(JsonObject object) {
    return object.has("idx") ? List.of(object.number("idx")) : List.of();
  }

  /** Train, dev and test of one layout, the last one without labels. */
  public static Splits<Integer> splits(Files files, Layout layout) {
    SplitFiles in = new SplitFiles(files.directory(), ".jsonl");
    SplitFiles.Reader<Integer> labelled = reader(true, layout);
    return new Splits<>(
        in.read("train", files.train(), labelled),
        in.read("dev", files.dev(), labelled),
        List.of(),
        files.test().flatMap(test -> in.optional("test", test, reader(false, layout))).stream()
            .toList());
  }

  private static SplitFiles.Reader<Integer> reader(boolean labelled, Layout layout) {
    return (split, file, subset) ->
        read(split, file, subset, line -> layout.examples(line, labelled));
  }

  /** The names of a task's files. */
  public record Files(Path directory, String train, String dev, Optional<String> test) {}

  /** What the lines of a task's files are. */
  public interface Layout {
    List<Example<Integer>> examples(JsonObject line, boolean labelled);
  }
}
