package org.trimtab.method;

import java.util.List;

/**
 * What a method may know of the vocabulary and the task, for initialisation.
 *
 * @see Setup
 */
public interface Vocabulary {
  /** Nothing known: initialisations that need words refuse it. */
  Vocabulary NONE =
      new Vocabulary() {
        @Override
        public long[] tokenIds(String text) {
          throw new IllegalStateException("this initialisation needs a tokenizer");
        }

        @Override
        public List<String> classes() {
          return List.of();
        }

        @Override
        public boolean ordinary(long id) {
          return true;
        }
      };

  /** The tokens of {@code text}, without [CLS] and the like. */
  long[] tokenIds(String text);

  /** A word for each label of the task; empty for a regression. */
  List<String> classes();

  /** Whether {@code id} stands for text: not a special, not an unused token. */
  boolean ordinary(long id);
}
