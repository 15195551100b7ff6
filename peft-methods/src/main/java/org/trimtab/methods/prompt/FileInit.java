package org.trimtab.methods.prompt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.method.Setup;
import org.trimtab.method.prompt.PromptInit;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Tensor;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.TrainedValues;

/**
 * The rows of a soft prompt that was trained before, on another task as in SPoT (Vu et al., ACL
 * 2022).
 *
 * @param file a safetensors file with {@code prompt_embeddings} (P, H), an adapter's folder, or a
 *     run's
 */
public record FileInit(Path file) implements PromptInit {
  private static final String VALUES = "adapter_model.safetensors";

  @Override
  public Tensor rows(int length, Setup setup) {
    try (Safetensors saved = Safetensors.open(values())) {
      if (!saved.names().contains(SoftPrompt.NAME)) {
        throw new IllegalArgumentException(
            saved.origin()
                + " holds no soft prompt; found "
                + String.join(", ", saved.names())
                + "; allowed "
                + SoftPrompt.NAME);
      }
      HostTensor rows = TrainedValues.of(saved, SoftPrompt.NAME);
      long[] expected = {length, setup.spec().textStack().hidden()};
      if (!Arrays.equals(rows.shape(), expected)) {
        throw new IllegalArgumentException(
            saved.origin()
                + " holds a prompt of the shape "
                + Arrays.toString(rows.shape())
                + "; allowed "
                + Arrays.toString(expected));
      }
      return setup.init().tensors().of(rows.doubles(), expected);
    }
  }

  @Override
  public List<Path> files() {
    return List.of(values());
  }

  private Path values() {
    return Stream.of(file.resolve("adapter").resolve(VALUES), file.resolve(VALUES))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(file);
  }
}
