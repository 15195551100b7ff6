package org.trimtab.methods.idpg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.base.DecimalText;
import org.trimtab.base.Lazy;
import org.trimtab.base.Sha256;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;
import org.trimtab.method.FrozenFeature;

/**
 * Vectors of words, each line a word and its numbers, of which spaces or tabs are between; read
 * when the first one is needed.
 */
final class WordVectorFile implements FrozenFeature.OfWords {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern SEPARATOR = Pattern.compile("[ \t]+");
  private static final Pattern OUTER = Pattern.compile("^[ \t]+|[ \t]+$");
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}\\p{P}]");
  private final Path path;
  private final int width;
  private final String sha256;
  private final Lazy<Map<String, float[]>> words = new Lazy<>(this::read);

  /**
   * Opens a file.
   *
   * @throws UserError if it can't be read, or its first line has no numbers
   */
  WordVectorFile(Path path) {
    this.path = path;
    width = first();
    sha256 = Sha256.of(List.of(path));
  }

  @Override
  public int width() {
    return width;
  }

  /** Of the file's bytes. */
  String sha256() {
    return sha256;
  }

  /**
   * What is said of a word that stands in the file twice, of which the first vector counts. It is
   * looked for without the numbers: where the means are known, nothing else reads them.
   */
  Optional<String> warning() {
    Map<String, Integer> lines = new HashMap<>();
    List<String> again = new ArrayList<>();
    new TextFile(path)
        .forEachRow(
            (line, number) -> {
              String word = word(line, number);
              Integer before = lines.putIfAbsent(word, number);
              if (before != null) {
                again.add("'" + word + "' in line " + number + ", first in line " + before);
              }
            });
    return again.stream()
        .findFirst()
        .map(
            first ->
                path
                    + ": words with a second vector, which is not taken: "
                    + again.size()
                    + "; "
                    + first);
  }

  /** The mean over the words of {@code text} that the file has, lower-cased, unpunctuated. */
  @Override
  public double[] of(String text) {
    Map<String, float[]> known = words.get();
    String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    List<float[]> found =
        SPACES.splitAsStream(plain).filter(known::containsKey).map(known::get).toList();
    double[] mean = new double[width];
    for (float[] vector : found) {
      for (int i = 0; i < width; i++) {
        mean[i] += (double) vector[i] / found.size();
      }
    }
    return mean;
  }

  private int first() {
    int numbers = new TextFile(path).firstRow().map(line -> fields(line).length - 1).orElse(0);
    if (numbers < 2) { // one number: the header that word2vec has and GloVe hasn't
      throw new UserError(
          path + ":1: found " + numbers + " numbers; allowed a word and its vector, no header");
    }
    return numbers;
  }

  private Map<String, float[]> read() {
    Map<String, float[]> read = new LinkedHashMap<>();
    new TextFile(path).forEachRow((line, number) -> add(line, number, read));
    return read;
  }

  /** Other white space than what is between the fields may be a word, as it is in GloVe. */
  private static String[] fields(String line) {
    return SEPARATOR.split(OUTER.matcher(line).replaceAll(""), -1);
  }

  private float number(String text, int line) {
    return DecimalText.parse(text)
        .map(value -> Float.parseFloat(text))
        .filter(value -> Float.isFinite(value))
        .orElseThrow(() -> new UserError(path + ":" + line + ": not a number: " + text));
  }

  private void add(String line, int number, Map<String, float[]> to) {
    String word = word(line, number);
    String[] fields = fields(line);
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = number(fields[fields.length - width + i], number);
    }
    to.putIfAbsent(word, vector);
  }

  /** A word may hold spaces, as some of GloVe's do: the numbers are the last fields. */
  private String word(String line, int number) {
    String row = OUTER.matcher(line).replaceAll("");
    int end = row.length();
    for (int i = 0; i < width && end > 0; i++) {
      end = endOfField(row, end);
    }
    if (end <= 0) {
      int numbers = fields(line).length - 1;
      throw new UserError(
          path + ":" + number + ": found " + numbers + " numbers; allowed " + width);
    }
    return SEPARATOR.matcher(row.substring(0, end)).replaceAll(" ");
  }

  /** Where the field ends that stands before the one that ends at {@code end}; 0 or less: none. */
  private static int endOfField(String row, int end) {
    int at = end;
    while (at > 0 && !isSeparator(row.charAt(at - 1))) {
      at--;
    }
    while (at > 0 && isSeparator(row.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\t';
  }
}
