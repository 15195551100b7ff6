package org.trimtab.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.json.UserError;
import org.trimtab.tensor.Telemetry;

/** A {@code tokenizer.json} of Hugging Face; truncation is ours, whatever the file says. */
public final class HfTokenizer implements Tokenizer {
  private static final Pattern NOT_TEXT =
      Pattern.compile("\\[(PAD|UNK|CLS|SEP|MASK|unused\\d+)]|<[^>]*>|madeupword\\d+");
  private final HuggingFaceTokenizer tokenizer;

  private HfTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Reads a {@code tokenizer.json}.
   *
   * @throws UserError if it is missing or malformed
   */
  public static HfTokenizer open(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError(file + ": can't be read: " + e.getMessage(), e);
    }
  }

  /** Reads a stream to its end; {@code origin} names it in messages. */
  public static HfTokenizer read(InputStream in, String origin) {
    Telemetry.switchOff();
    Map<String, String> options = new LinkedHashMap<>();
    // Files come with truncation, and MiniLM's with padding to 128 too: both must be off.
    options.put("truncation", "false");
    options.put("padding", "false");
    options.put("addSpecialTokens", "true");
    try {
      return new HfTokenizer(HuggingFaceTokenizer.newInstance(in, options));
    } catch (IOException | RuntimeException e) {
      throw new UserError(origin + ": no tokenizer.json: " + e.getMessage(), e);
    }
  }

  @Override
  public Encoding encode(String text, Optional<String> pair, int maximumLength) {
    var whole =
        pair.isPresent()
            ? tokenizer.encode(text, pair.get(), true, false)
            : tokenizer.encode(text, true, false);
    String words = pair.map(second -> text + " " + second).orElse(text);
    long[] ids = whole.getIds();
    if (ids.length <= maximumLength) {
      return new Encoding(words, ids, whole.getTypeIds(), false, false);
    }
    int inText = tokenIds(text).length;
    int inPair = pair.map(second -> tokenIds(second).length).orElse(0);
    int specials = ids.length - inText - inPair;
    Kept kept = Kept.longestFirst(inText, inPair, Math.max(0, maximumLength - specials));
    return cut(words, whole, inText, inPair, kept);
  }

  private static Encoding cut(
      String words,
      ai.djl.huggingface.tokenizers.Encoding whole,
      int inText,
      int inPair,
      Kept kept) {
    long[] ids = whole.getIds();
    long[] types = whole.getTypeIds();
    long[] special = whole.getSpecialTokenMask();
    long[] keptIds = new long[ids.length];
    long[] keptTypes = new long[ids.length];
    int ordinary = 0;
    int length = 0;
    for (int i = 0; i < ids.length; i++) {
      boolean keep = special[i] == 1 || kept.has(ordinary, inText);
      if (keep) {
        keptIds[length] = ids[i];
        keptTypes[length++] = types[i];
      }
      ordinary += special[i] == 1 ? 0 : 1;
    }
    boolean lost = (inText > 0 && kept.ofText() == 0) || (inPair > 0 && kept.ofPair() == 0);
    return new Encoding(
        words, Arrays.copyOf(keptIds, length), Arrays.copyOf(keptTypes, length), true, lost);
  }

  /** How many tokens of a text and of its pair stay. */
  record Kept(int ofText, int ofPair) {
    /** Cuts the longer one until both are of one length, then both. */
    static Kept longestFirst(int text, int pair, int room) {
      int shorter = Math.min(text, pair);
      int longer = Math.max(shorter, room - shorter);
      if (shorter + longer > room) {
        shorter = room / 2;
        longer = room - shorter;
      }
      return text <= pair
          ? new Kept(shorter, Math.min(pair, longer))
          : new Kept(Math.min(text, longer), shorter);
    }

    boolean has(int token, int inText) {
      return token < inText ? token < ofText : token - inText < ofPair;
    }
  }

  @Override
  public long[] tokenIds(String text) {
    return tokenizer.encode(text, false, false).getIds();
  }

  @Override
  public boolean ordinary(long id) {
    return !NOT_TEXT.matcher(tokenizer.decode(new long[] {id}, false).strip()).matches();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
