package org.trimtab.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.json.Json;
import org.trimtab.json.UserError;

/** Reads one file with a JSON object a line. */
final class JsonlReader<Y> {
  private final Path file;
  private final JsonlTaskConfig.FileSpec spec;
  private final ValueKind<Y> kind;

  JsonlReader(Path file, JsonlTaskConfig.FileSpec spec, ValueKind<Y> kind) {
    this.file = file;
    this.spec = spec;
    this.kind = kind;
  }

  Split<Y> read(String name, boolean subset) {
    List<String> lines = new TextLines(file).all();
    List<Example<Y>> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      examples.add(example(lines.get(i), file + ":" + (i + 1)));
    }
    if (examples.isEmpty()) {
      throw new UserError(file + ": holds no examples");
    }
    return new Split<>(name, file, subset, 0, examples);
  }

  private Example<Y> example(String line, String place) {
    Map<String, String> fields = Json.scalars(line, place);
    return new Example<>(
        place,
        field(spec.text(), fields, place),
        spec.pair().map(pair -> field(pair, fields, place)),
        spec.label().map(label -> gold(field(label, fields, place), place)));
  }

  private static String field(String name, Map<String, String> fields, String place) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(
            () ->
                new UserError(
                    place
                        + ": no field '"
                        + name
                        + "'; found "
                        + String.join(", ", fields.keySet())));
  }

  private Y gold(String text, String place) {
    return kind.parse(text)
        .orElseThrow(
            () ->
                new UserError(
                    place + ": label '" + text + "' is unknown; allowed " + kind.allowed()));
  }
}
