package org.trimtab.method.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.base.Check;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/**
 * One row for each token of a text, cut to the prompt's length; further rows repeat the text's (as
 * Hugging Face PEFT) or are drawn from the vocabulary (as Lester et al., 2021).
 *
 * @param text the words
 * @param repeat whether a text that is too short is repeated
 * @param first how many ordinary tokens to draw further rows from where it isn't
 */
public record TextInit(String text, boolean repeat, int first) implements PromptInit {
  public TextInit {
    Check.positive("first", first);
  }

  @Override
  public Tensor rows(int length, Setup setup) {
    long[] ids = setup.vocabulary().tokenIds(text);
    if (ids.length == 0) {
      throw new IllegalArgumentException("the text that a prompt starts from has no tokens");
    }
    List<double[]> words = Arrays.asList(setup.backbone().wordEmbeddings(ids));
    List<double[]> rows = new ArrayList<>(words.subList(0, Math.min(length, words.size())));
    while (repeat && rows.size() < length) {
      rows.add(words.get(rows.size() % words.size()));
    }
    rows.addAll(new VocabularyInit(first).sample(length - rows.size(), setup));
    return Embeddings.rows(rows, setup);
  }
}
