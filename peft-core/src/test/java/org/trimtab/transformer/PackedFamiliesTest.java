package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.TunedInput;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.options.BackboneOptions;

/** Inputs of several lengths in one pass give what each gives alone, whatever the family. */
class PackedFamiliesTest {
  @TestFactory
  Stream<DynamicTest> families() {
    return Golden.families("backbones").stream()
        .map(
            path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> packsRight(path)));
  }

  private static void packsRight(Path folder) {
    try (Tensors tensors = DjlTensors.open(Precision.FP64);
        Backbone backbone = Backbones.load(folder, BackboneOptions.FROZEN, tensors)) {
      Input whole = Golden.input(Golden.tensors(folder.resolve("inputs.safetensors")), "", tensors);
      Input start =
          new Input(whole.ids().rows(0, 4), whole.types().rows(0, 4), whole.mask().rows(0, 4));
      List<TunedInput> inputs =
          Stream.of(whole, start, whole).map(i -> new TunedInput(i, Contribution.NONE)).toList();
      List<Hidden> together = backbone.forward(inputs, Dropout.OFF);
      for (int i = 0; i < inputs.size(); i++) {
        Hidden alone = backbone.forward(inputs.get(i), Dropout.OFF);
        double difference =
            Golden.difference(
                tensors,
                together.get(i).states(),
                tensors.host(alone.states()),
                inputs.get(i).input());
        assertThat(difference).isLessThan(1e-10);
      }
    }
  }
}
