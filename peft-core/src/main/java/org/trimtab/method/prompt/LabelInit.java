package org.trimtab.method.prompt;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/**
 * One row for each class of the task, the mean of its word's token embeddings; further rows are
 * drawn from the vocabulary (Lester et al., 2021).
 *
 * @param first how many ordinary tokens to draw further rows from
 */
public record LabelInit(int first) implements PromptInit {
  public LabelInit {
    Check.positive("first", first);
  }

  @Override
  public Tensor rows(int length, Setup setup) {
    List<String> classes = setup.vocabulary().classes();
    if (classes.isEmpty()) {
      throw new IllegalArgumentException(
          "a prompt can't start from the labels of a task that has none (a regression)");
    }
    if (length < classes.size()) {
      throw new Invalid(
          "length",
          "found "
              + length
              + "; allowed at least "
              + classes.size()
              + ", a row for each class that the prompt starts from");
    }
    List<double[]> rows = new ArrayList<>();
    for (String word : classes) {
      long[] ids = setup.vocabulary().tokenIds(word);
      if (ids.length == 0) {
        throw new Invalid(
            "init", "the class '" + word + "' has no tokens that a row could start from");
      }
      rows.add(Embeddings.mean(setup.backbone().wordEmbeddings(ids)));
    }
    rows.addAll(new VocabularyInit(first).sample(length - rows.size(), setup));
    return Embeddings.rows(rows, setup);
  }
}
