package org.trimtab.task.read;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.json.JsonObject;
import org.trimtab.tokenizer.Span;

/**
 * The fields that mark a place in a text: its characters, or the number of its first word and its
 * words.
 *
 * @param of the text that the place lies in
 * @param start the field of the first character's number; characters are Unicode code points
 * @param end the field of the number behind the last character
 * @param word the field of the first word's number; words stand between spaces
 * @param words the field of the words
 */
public record SpanFields(
    Part of,
    Optional<String> start,
    Optional<String> end,
    Optional<String> word,
    Optional<String> words) {
  private static final Pattern WORD = Pattern.compile("\\S+");

  /** Which of an example's texts. */
  public enum Part {
    TEXT,
    PAIR
  }

  public SpanFields {
    boolean characters = start.isPresent() && end.isPresent();
    boolean byWord = word.isPresent() && words.isPresent();
    int named =
        (int)
            java.util.stream.Stream.of(start, end, word, words).filter(Optional::isPresent).count();
    if (named != 2 || characters == byWord) {
      throw new Invalid("start", "name either start and end, or word and words");
    }
    Check.all(
        () -> Check.differ("end", end, "start", start),
        () -> Check.differ("words", words, "word", word));
  }

  /**
   * The span that {@code object} marks in {@code text}.
   *
   * @throws UserError if it lies outside of the text
   */
  public Span read(JsonObject object, String text) {
    return start.isPresent() ? characters(object, text) : words(object, text);
  }

  private Span characters(JsonObject object, String text) {
    int from = object.number(start.orElseThrow());
    int to = object.number(end.orElseThrow());
    int length = text.codePointCount(0, text.length());
    if (from >= to || to > length) {
      throw outside(object, "characters " + from + " to " + to, length + " characters");
    }
    return span(from, to);
  }

  /**
   * From the beginning of the first word on as far as the words go. Where the text has others there
   * (a few of WSC's lines name a text that is not quite the one at its place), as many whole ones.
   */
  private Span words(JsonObject object, String text) {
    int first = object.number(word.orElseThrow());
    String named = object.text(words.orElseThrow()).strip();
    int many = (int) WORD.matcher(named).results().count();
    Matcher next = WORD.matcher(text);
    int from = 0;
    int to = 0;
    for (int i = 0; i < first + Math.max(1, many); i++) {
      if (!next.find()) {
        throw outside(object, "word " + first + " and what follows", i + " words");
      }
      from = i == first ? next.start() : from;
      to = next.end();
    }
    boolean same = text.regionMatches(true, from, named, 0, named.length());
    int end = same && !named.isEmpty() ? from + named.length() : to;
    return span(text.codePointCount(0, from), text.codePointCount(0, end));
  }

  private Span span(int from, int to) {
    return new Span(of == Part.PAIR, from, to);
  }

  private UserError outside(JsonObject object, String what, String length) {
    return new UserError(
        object.source()
            + ": "
            + start.or(() -> word).orElseThrow()
            + ": found "
            + what
            + ", outside of the text, which has "
            + length);
  }
}
