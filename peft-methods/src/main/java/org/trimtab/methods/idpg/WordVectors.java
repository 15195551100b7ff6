package org.trimtab.methods.idpg;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Input;
import org.trimtab.method.Forward;
import org.trimtab.method.FrozenFeature;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * The mean of the vectors of a text's words, whose order then doesn't matter. Words that the file
 * lacks are passed over; of a text without any the vector is zero, where the released code draws
 * noise.
 *
 * @param file in GloVe's format: a line for each word, its numbers behind it
 */
public record WordVectors(Path file) implements SentenceEncoder {
  @Override
  public Reader open(Setup setup, Optional<Integer> layer) {
    WordVectorFile vectors = new WordVectorFile(file);
    Tensors tensors = setup.backbone().tensors();
    FrozenFeature mean = new Mean(vectors, "word-vectors/" + vectors.sha256(), tensors);
    return new Reader() {
      @Override
      public int width() {
        return vectors.width();
      }

      @Override
      public Tensor of(At at, Forward forward) {
        return forward.features().of(mean);
      }

      @Override
      public List<String> warnings() {
        return vectors.warning().stream().toList();
      }
    };
  }

  @Override
  public List<Path> files() {
    return List.of(file);
  }

  private record Mean(WordVectorFile vectors, String name, Tensors tensors)
      implements FrozenFeature {
    @Override
    public Optional<OfWords> ofWords() {
      return Optional.of(vectors);
    }

    @Override
    public Tensor of(Input input) {
      if (input.texts().isEmpty()) {
        throw new IllegalStateException("word vectors need the words of an input, not its tokens");
      }
      double[] flat =
          input.texts().stream()
              .map(vectors::of)
              .flatMapToDouble(java.util.Arrays::stream)
              .toArray();
      return tensors.of(flat, input.texts().size(), 1, vectors.width());
    }
  }
}
