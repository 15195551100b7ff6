package org.trimtab.methods.idpg;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** A word may hold spaces, as some of GloVe's do: the numbers are the last ones. */
  private void add(String line, int number, Map<String, float[]> to) {
    String[] fields = fields(line);
    int words = fields.length - width;
    if (words < 1) {
      throw new UserError(
          path + ":" + number + ": found " + (fields.length - 1) + " numbers; allowed " + width);
    }
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = number(fields[words + i], number);
    }
    to.putIfAbsent(String.join(" ", Arrays.asList(fields).subList(0, words)), vector);
  }
}
