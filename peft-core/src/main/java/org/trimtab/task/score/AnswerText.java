package org.trimtab.task.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tokens of an answer as SQuAD's script sees them: lower case, without punctuation and articles
 * (Rajpurkar et al., 2016).
 */
record AnswerText(List<String> tokens) {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern ARTICLES =
      Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  static AnswerText of(String text) {
    String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    String words = ARTICLES.matcher(plain).replaceAll(" ");
    return new AnswerText(Stream.of(SPACE.split(words)).filter(t -> !t.isEmpty()).toList());
  }

  /** 1 where both are the same, else 0. */
  double exact(AnswerText other) {
    return tokens.equals(other.tokens) ? 1 : 0;
  }

  /** 2 x common tokens / all tokens, each as often as it stands; 0 where none is common. */
  double f1(AnswerText other) {
    List<String> left = new ArrayList<>(other.tokens);
    long common = tokens.stream().filter(left::remove).count();
    return common == 0 ? 0 : 2.0 * common / (tokens.size() + other.tokens.size());
  }
}
