package org.trimtab.task.read;

import java.util.List;
import java.util.Optional;
import org.trimtab.json.JsonObject;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.tokenizer.Span;
import org.trimtab.tokenizer.Texts;

/** Reads the lines of one file of JSON objects. */
public record JsonlReader<Y>(FileSpec spec, List<SpanFields> spans, ValueKind<Y> kind) {
  public Example<Y> example(JsonObject line) {
    String text = line.text(spec.text());
    Optional<String> pair = spec.pair().map(line::text);
    List<Span> marked =
        spans.stream().map(fields -> fields.read(line, of(fields, text, pair))).toList();
    return new Example<>(
        line.source(),
        List.of(new Texts(text, pair, marked)),
        spec.label().map(label -> JsonLines.gold(line, label, kind)),
        new BenchmarkIds(
            JsonLines.idx(line), spec.group().map(line::text).orElse(""), Optional.empty()));
  }

  private static String of(SpanFields fields, String text, Optional<String> pair) {
    return fields.of() == SpanFields.Part.PAIR ? pair.orElseThrow() : text;
  }
}
