package org.trimtab.experiments.trial.input;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.trimtab.base.Sha256;
import org.trimtab.task.Example;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Span;
import org.trimtab.tokenizer.Texts;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.tokenizer.Tokenizer;
import org.trimtab.tuning.ExampleEncoder;

/**
 * Whole splits as token ids, a file each, which any number of processes share. A file's name is a
 * hash of the tokenizer, the length and every text, so that what it holds is never out of date; one
 * that is damaged is made again.
 *
 * @param least examples of a split that is worth a file
 */
public record TokenFiles(Path folder, int least) implements ExampleEncoder {
  /** Fewer are made faster than they are found. */
  private static final int WORTH_A_FILE = 1000;

  private static final int NEVER = Integer.MAX_VALUE;

  private static final int VERSION = 1;

  /** The user's own. */
  public static TokenFiles ofUser() {
    return UserCache.folder()
        .map(cache -> new TokenFiles(cache.resolve("tokens"), WORTH_A_FILE))
        .orElse(new TokenFiles(Path.of(""), NEVER));
  }

  @Override
  public List<List<Encoding>> encode(
      List<? extends Example<?>> examples,
      Tokenizer tokenizer,
      String encodingSha256,
      int maximumLength) {
    if (examples.size() < least) {
      return PLAIN.encode(examples, tokenizer, encodingSha256, maximumLength);
    }
    Path file = folder.resolve(key(examples, encodingSha256, maximumLength) + ".tokens");
    Optional<List<List<Encoding>>> found = read(file, examples);
    if (found.isPresent()) {
      return found.get();
    }
    List<List<Encoding>> made = PLAIN.encode(examples, tokenizer, encodingSha256, maximumLength);
    write(file, made);
    return made;
  }

  private static String key(
      List<? extends Example<?>> examples, String tokenizerSha256, int maximumLength) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(bytes(VERSION + "/" + tokenizerSha256 + "/" + maximumLength));
    for (Example<?> example : examples) {
      parts.add(bytes(Integer.toString(example.choices().size())));
      example.choices().forEach(row -> add(row, parts));
    }
    return Sha256.ofParts(parts).substring(0, 32);
  }

  private static void add(Texts row, List<byte[]> parts) {
    parts.add(bytes(row.text()));
    parts.add(bytes(row.pair().map(pair -> "+" + pair).orElse("")));
    StringBuilder spans = new StringBuilder();
    for (Span span : row.spans()) {
      spans.append(span.inPair()).append(span.from()).append('-').append(span.to()).append(' ');
    }
    parts.add(bytes(spans.toString()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Without it the next process makes them again: a full disk is no reason to end a run. */
  private void write(Path file, List<List<Encoding>> made) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "part", ".tmp");
      try {
        CRC32C sum = new CRC32C();
        try (DataOutputStream out =
            new DataOutputStream(
                new CheckedOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(part)), sum))) {
          for (List<Encoding> rows : made) {
            for (Encoding row : rows) {
              write(row, out);
            }
          }
          out.writeLong(sum.getValue());
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // as said above
    }
  }

  private static void write(Encoding row, DataOutputStream out) throws IOException {
    out.writeInt(row.tokens().length);
    for (int token : row.tokens()) {
      out.writeInt(token);
    }
    out.write(row.segments());
    out.writeInt(row.spans().size());
    for (TokenRange span : row.spans()) {
      out.writeInt(span.from());
      out.writeInt(span.to());
    }
    out.writeBoolean(row.cut().truncated());
    out.writeBoolean(row.cut().lostText());
    out.writeBoolean(row.cut().lostSpan());
  }

  /** Empty where there is no such file, or no whole one. */
  private static Optional<List<List<Encoding>>> read(
      Path file, List<? extends Example<?>> examples) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    CRC32C sum = new CRC32C();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum))) {
      List<List<Encoding>> all = new ArrayList<>();
      for (Example<?> example : examples) {
        List<Encoding> rows = new ArrayList<>();
        for (Texts texts : example.choices()) {
          rows.add(read(texts, in));
        }
        all.add(List.copyOf(rows));
      }
      long expected = sum.getValue();
      return in.readLong() == expected && in.read() < 0 ? Optional.of(all) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Encoding read(Texts texts, DataInputStream in) throws IOException {
    int[] tokens = new int[length(in)];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = in.readInt();
    }
    byte[] segments = new byte[tokens.length];
    in.readFully(segments);
    List<TokenRange> spans = new ArrayList<>();
    int count = length(in);
    for (int i = 0; i < count; i++) {
      spans.add(new TokenRange(in.readInt(), in.readInt()));
    }
    Encoding.Cut cut = new Encoding.Cut(in.readBoolean(), in.readBoolean(), in.readBoolean());
    return new Encoding(texts, tokens, segments, spans, cut);
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > 1 << 20) {
      throw new IllegalArgumentException("no length: " + length);
    }
    return length;
  }
}
