package org.trimtab.tuning;

import java.util.List;
import org.trimtab.method.Vocabulary;
import org.trimtab.tokenizer.Tokenizer;

/** A tokenizer and a task's class words, for methods that start from words. */
public record TaskVocabulary(Tokenizer tokenizer, List<String> classes) implements Vocabulary {
  @Override
  public long[] tokenIds(String text) {
    return tokenizer.tokenIds(text);
  }

  @Override
  public boolean ordinary(long id) {
    return tokenizer.ordinary(id);
  }
}
