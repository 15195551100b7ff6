package org.trimtab.task;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.json.UserError;

/** Reads one tab-separated file; a quotation mark is an ordinary character. */
final class TsvReader<Y> {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private final Path file;
  private final TsvTaskConfig.FileSpec spec;
  private final boolean skipShortRows;
  private final ValueKind<Y> kind;

  TsvReader(Path file, TsvTaskConfig.FileSpec spec, boolean skipShortRows, ValueKind<Y> kind) {
    this.file = file;
    this.spec = spec;
    this.skipShortRows = skipShortRows;
    this.kind = kind;
  }

  Split<Y> read(String name, boolean subset) {
    List<String> lines = lines();
    int first = spec.header() ? 1 : 0;
    if (lines.size() <= first) {
      throw new UserError(file + ": holds no examples");
    }
    String[] header = lines.get(0).split("\t", -1);
    Columns columns = columns(header);
    List<Example<Y>> examples = new ArrayList<>();
    int skipped = 0;
    for (int i = first; i < lines.size(); i++) {
      String[] row = lines.get(i).split("\t", -1);
      if (row.length < header.length && skipShortRows) {
        skipped++;
        continue;
      }
      examples.add(example(row, header.length, columns, i + 1));
    }
    return new Split<>(name, file, subset, skipped, examples);
  }

  private record Columns(int text, Optional<Integer> pair, Optional<Integer> label) {}

  private Columns columns(String[] header) {
    return new Columns(
        column(spec.text(), header),
        spec.pair().map(name -> column(name, header)),
        spec.label().map(name -> column(name, header)));
  }

  private int column(String name, String[] header) {
    if (name.equals("last")) {
      return header.length - 1;
    }
    int index = spec.header() ? List.of(header).indexOf(name) : -1;
    if (index < 0 && name.matches("\\d{1,4}")) {
      index = Integer.parseInt(name);
    }
    if (index < 0 || index >= header.length) {
      throw new UserError(
          file
              + ":1: no column '"
              + name
              + "'; found "
              + (spec.header() ? String.join(", ", header) : header.length + " columns"));
    }
    return index;
  }

  private Example<Y> example(String[] row, int width, Columns columns, int line) {
    String place = file + ":" + line;
    if (row.length < width) {
      throw new UserError(place + ": found " + row.length + " columns; expected " + width);
    }
    return new Example<>(
        place,
        row[columns.text()],
        columns.pair().map(pair -> row[pair]),
        columns.label().map(label -> gold(row[label], place)));
  }

  private Y gold(String text, String place) {
    return kind.parse(text)
        .orElseThrow(
            () ->
                new UserError(
                    place + ": label '" + text + "' is unknown; allowed " + kind.allowed()));
  }

  private List<String> lines() {
    byte[] bytes = bytes();
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int to = 0; to <= bytes.length; to++) {
      if (to == bytes.length ? to > from : bytes[to] == '\n') {
        boolean carriageReturn = to > from && bytes[to - 1] == '\r';
        lines.add(decode(bytes, from, carriageReturn ? to - 1 : to, lines.size() + 1));
        from = to + 1;
      }
    }
    if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
      lines.set(0, lines.get(0).substring(1));
    }
    return lines;
  }

  private String decode(byte[] bytes, int from, int to, int line) {
    try {
      ByteBuffer part = ByteBuffer.wrap(bytes, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(file + ":" + line + ": not UTF-8", e);
    }
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError(file + ": can't be read: " + e.getMessage(), e);
    }
  }
}
