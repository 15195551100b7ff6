package org.trimtab.pretrained;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.trimtab.architecture.Architecture;
import org.trimtab.base.UserError;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Quoted;
import org.trimtab.tokenizer.Texts;
import org.trimtab.tokenizer.Tokenizer;

/**
 * A tokenizer whose ids are held against the tables of the model that looks them up.
 *
 * @param origin names the model in messages
 */
record FittedTokenizer(Tokenizer tokenizer, Architecture.Tables tables, String origin)
    implements Tokenizer {
  /**
   * {@inheritDoc}
   *
   * @throws UserError if a token or a segment stands in no table, or if there is no token at all
   */
  @Override
  public Encoding encode(Texts texts, int maximumLength) {
    Encoding encoding = tokenizer.encode(texts, maximumLength);
    if (encoding.length() == 0) {
      throw new UserError(
          origin
              + ": its tokenizer gives no token for the text "
              + Quoted.of(encoding.text())
              + "; allowed a text of one token or more, or a tokenizer that adds its own");
    }
    requireWords(encoding.text(), encoding.ids());
    return tables.segmented() ? requireSegments(encoding) : firstSegment(encoding);
  }

  @Override
  public long[] tokenIds(String text) {
    long[] ids = tokenizer.tokenIds(text);
    requireWords(text, ids);
    return ids;
  }

  private void requireWords(String text, long... ids) {
    beyond(tables.words(), ids).ifPresent(id -> refuse("id " + id, text, "word", tables.words()));
  }

  private Encoding requireSegments(Encoding encoding) {
    beyond(tables.segments(), encoding.types())
        .ifPresent(id -> refuse("segment " + id, encoding.text(), "segment", tables.segments()));
    return encoding;
  }

  private static OptionalLong beyond(int rows, long... ids) {
    return LongStream.of(ids).filter(id -> id < 0 || id >= rows).findFirst();
  }

  private void refuse(String found, String text, String table, int rows) {
    throw new UserError(
        origin
            + ": its tokenizer gives the "
            + found
            + " in the text "
            + Quoted.of(text)
            + "; allowed 0 to "
            + (rows - 1)
            + ", the rows of the model's "
            + table
            + " table");
  }

  /** RoBERTa's reference reads the first segment everywhere; others have no segments. */
  private static Encoding firstSegment(Encoding encoding) {
    return new Encoding(
        encoding.texts(),
        encoding.tokens(),
        new byte[encoding.length()],
        encoding.spans(),
        encoding.cut());
  }

  @Override
  public boolean ordinary(long id) {
    return tokenizer.ordinary(id);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
