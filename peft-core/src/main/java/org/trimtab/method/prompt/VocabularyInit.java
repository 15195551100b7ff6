package org.trimtab.method.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.trimtab.base.Check;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.tensor.Tensor;

/**
 * Embeddings of tokens drawn without replacement from the first ones of the vocabulary (Lester et
 * al., 2021: the first 5,000). Special and unused tokens, nearly a thousand of BERT's first 5,000,
 * are passed over: their embeddings were never trained.
 *
 * @param first how many ordinary tokens to draw from
 */
public record VocabularyInit(int first) implements PromptInit {
  public VocabularyInit {
    Check.positive("first", first);
  }

  @Override
  public Tensor rows(int length, Setup setup) {
    return Embeddings.rows(sample(length, setup), setup);
  }

  /** {@code count} rows of the embedding table, each once. */
  List<double[]> sample(int count, Setup setup) {
    int vocabulary = setup.spec().vocabulary();
    Vocabulary words = setup.vocabulary();
    long[] ids = LongStream.range(0, vocabulary).filter(words::ordinary).limit(first).toArray();
    if (count > ids.length) {
      throw new IllegalArgumentException(
          "a prompt of " + count + " rows needs as many tokens to draw from, found " + ids.length);
    }
    Random random = setup.init().random();
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(ids.length - i);
      long swapped = ids[i];
      ids[i] = ids[other];
      ids[other] = swapped;
    }
    return new ArrayList<>(
        List.of(setup.backbone().wordEmbeddings(LongStream.of(ids).limit(count).toArray())));
  }
}
