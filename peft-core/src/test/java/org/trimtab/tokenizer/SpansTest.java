package org.trimtab.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Places of a text, found again among its tokens. */
class SpansTest {
  private static final int LONG = 512;
  private HfTokenizer tokenizer;

  @BeforeEach
  void open() throws IOException {
    String name = "/all-minilm-l6-v2-tokenizer.json";
    try (InputStream in = Objects.requireNonNull(SpansTest.class.getResourceAsStream(name))) {
      tokenizer = HfTokenizer.read(in, name);
    }
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private static Span span(boolean inPair, String text, String part) {
    int from = text.codePointCount(0, text.indexOf(part));
    return new Span(inPair, from, from + part.codePointCount(0, part.length()));
  }

  private void finds(String text, String part) {
    Encoding encoding =
        tokenizer.encode(new Texts(text, Optional.empty(), List.of(span(false, text, part))), LONG);
    assertThat(tokens(encoding, 0)).as(part).isEqualTo(tokenizer.tokenIds(part));
    assertThat(encoding.lostSpan()).isFalse();
  }

  private static long[] tokens(Encoding encoding, int span) {
    TokenRange range = encoding.spans().get(span);
    return Arrays.copyOfRange(encoding.ids(), range.from(), range.to());
  }

  @Test
  void theTokensOfAPlaceAreThoseOfItsWords() {
    finds("The smell of fried onions makes my mouth water.", "water");
    finds("The smell of fried onions makes my mouth water.", "fried onions");
    finds("unbelievably said the thermodynamicist.", "thermodynamicist");
  }

  @Test
  void charactersAreCodePointsWhateverStandsBefore() {
    finds("Caf\u00e9 \u00e0 la cr\u00e8me, said the waiter", "waiter");
    finds("\ud83d\ude00\ud83d\ude00 two faces, then a bank", "bank");
    finds("e\u0301te\u0301 in decomposed letters, a river", "river");
  }

  @Test
  void aPairsPlacesAreItsOwn() {
    String text = "the bank of the river";
    String pair = "a bank with money in the bank";
    List<Span> spans =
        List.of(span(false, text, "bank"), span(true, pair, "money"), new Span(true, 25, 29));
    Encoding encoding = tokenizer.encode(new Texts(text, Optional.of(pair), spans), LONG);
    assertThat(tokens(encoding, 0)).isEqualTo(tokenizer.tokenIds("bank"));
    assertThat(encoding.spans().get(0)).isEqualTo(new TokenRange(2, 3));
    assertThat(tokens(encoding, 1)).isEqualTo(tokenizer.tokenIds("money"));
    assertThat(tokens(encoding, 2)).isEqualTo(tokenizer.tokenIds("bank"));
    assertThat(encoding.spans().get(2).to()).isEqualTo(encoding.ids().length - 1);
  }

  @Test
  void truncationMovesPlacesAndClsStandsForOneThatIsGone() {
    String text = "one two three four five six seven eight nine ten";
    String pair = "red green blue";
    List<Span> spans =
        List.of(
            span(false, text, "two"),
            span(false, text, "five six seven"),
            span(false, text, "ten"),
            span(true, pair, "green"));
    Encoding encoding = tokenizer.encode(new Texts(text, Optional.of(pair), spans), 11);
    assertThat(encoding.ids()).hasSize(11); // five words of the text, three of the pair
    assertThat(tokens(encoding, 0)).isEqualTo(tokenizer.tokenIds("two"));
    assertThat(tokens(encoding, 1)).isEqualTo(tokenizer.tokenIds("five"));
    assertThat(encoding.spans().get(2)).isEqualTo(new TokenRange(0, 1));
    assertThat(tokens(encoding, 3)).isEqualTo(tokenizer.tokenIds("green"));
    assertThat(encoding.truncated()).isTrue();
    assertThat(encoding.lostSpan()).isTrue();
  }
}
