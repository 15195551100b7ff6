package org.trimtab.tokenizer;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;
import org.trimtab.engine.NativeLibraries;
import org.trimtab.engine.Telemetry;

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
    byte[] text = new TextFile(file).text().getBytes(StandardCharsets.UTF_8);
    return read(new ByteArrayInputStream(text), file.toString());
  }

  /** Reads a stream to its end; {@code origin} names it in messages. */
  public static HfTokenizer read(InputStream in, String origin) {
    Telemetry.switchOff();
    requireLibrary();
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

  /** Apart from reading, so that no file is blamed for it. */
  private static void requireLibrary() {
    NativeLibraries.findFolder();
    try {
      LibUtils.checkStatus();
    } catch (EngineException e) {
      throw new UserError("the tokenizers' native library can't be loaded: " + e.getCause(), e);
    }
  }

  @Override
  public Encoding encode(Texts texts, int maximumLength) {
    String text = texts.text();
    Optional<String> pair = texts.pair();
    var whole =
        pair.isPresent()
            ? tokenizer.encode(text, pair.get(), true, false)
            : tokenizer.encode(text, true, false);
    long[] ids = whole.getIds();
    if (ids.length <= maximumLength) {
      int[] all = IntStream.range(0, ids.length).toArray();
      return encoding(texts, whole, all, false);
    }
    int inText = tokenIds(text).length;
    int inPair = pair.map(second -> tokenIds(second).length).orElse(0);
    int specials = ids.length - inText - inPair;
    Truncation kept =
        Truncation.longestFirst(inText, inPair, Math.max(0, maximumLength - specials));
    boolean lost = (inText > 0 && kept.ofText() == 0) || (inPair > 0 && kept.ofPair() == 0);
    return encoding(texts, whole, kept(whole, inText, kept), lost);
  }

  /** Which tokens of {@code whole} stay. */
  private static int[] kept(
      ai.djl.huggingface.tokenizers.Encoding whole, int inText, Truncation kept) {
    long[] special = whole.getSpecialTokenMask();
    IntStream.Builder stay = IntStream.builder();
    int ordinary = 0;
    for (int i = 0; i < special.length; i++) {
      if (special[i] == 1 || kept.has(ordinary, inText)) {
        stay.add(i);
      }
      ordinary += special[i] == 1 ? 0 : 1;
    }
    return stay.build().toArray();
  }

  private static Encoding encoding(
      Texts texts, ai.djl.huggingface.tokenizers.Encoding whole, int[] tokens, boolean lostText) {
    long[] ids = whole.getIds();
    byte[] keptTypes = new byte[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      keptTypes[i] = (byte) whole.getTypeIds()[tokens[i]];
    }
    List<Optional<TokenRange>> spans =
        texts.spans().stream().map(span -> range(span, whole, tokens)).toList();
    return new Encoding(
        texts,
        IntStream.of(tokens).map(i -> (int) ids[i]).toArray(),
        keptTypes,
        spans.stream().map(range -> range.orElse(TokenRange.CLS)).toList(),
        new Encoding.Cut(
            tokens.length < ids.length, lostText, spans.stream().anyMatch(Optional::isEmpty)));
  }

  /** Where in {@code tokens} those are that have a character of {@code span}. */
  private static Optional<TokenRange> range(
      Span span, ai.djl.huggingface.tokenizers.Encoding whole, int[] tokens) {
    long[] special = whole.getSpecialTokenMask();
    long[] sequences = whole.getSequenceIds();
    CharSpan[] places = whole.getCharTokenSpans();
    int[] inside =
        IntStream.range(0, tokens.length)
            .filter(i -> special[tokens[i]] == 0)
            .filter(i -> sequences[tokens[i]] == (span.inPair() ? 1 : 0))
            .filter(i -> span.overlaps(places[tokens[i]].getStart(), places[tokens[i]].getEnd()))
            .toArray();
    return inside.length == 0
        ? Optional.empty()
        : Optional.of(new TokenRange(inside[0], inside[inside.length - 1] + 1));
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
