package org.trimtab.methods;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.golden.Golden;
import org.trimtab.golden.GoldenCase;
import org.trimtab.method.MethodConfig;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.peft.file.PeftAdapter;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.transformer.options.Tuning;

/** Every method that Hugging Face PEFT has, its adapter directories read as they are. */
class PeftGoldenTest {
  private static final MethodRegistry METHODS = MethodRegistry.installed();

  /** Models that are not there yet. */
  private static final List<String> NOT_YET_COVERED =
      List.of("t5", "t5-gated", "llama", "llama-classifier");

  @TestFactory
  Stream<DynamicTest> cases() {
    return Golden.cases("peft").stream()
        .filter(family -> !NOT_YET_COVERED.contains(family.getFileName().toString()))
        .flatMap(family -> Golden.cases("peft/" + family.getFileName()).stream())
        .map(path -> new GoldenCase(path, name -> ours(path, name)))
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(GoldenCase golden) {
    if (golden.path().getFileName().toString().equals("full")) {
      golden.agrees(setup -> new HeadOnly().create(new HeadOnlyConfig(), setup), Tuning.FULL);
      return;
    }
    MethodConfig config = PeftAdapter.read(golden.path(), METHODS).method();
    golden.agrees(setup -> METHODS.create(config, setup));
  }

  /** PEFT's names as ours. */
  private static String ours(Path path, String name) {
    if (path.getFileName().toString().equals("full")) {
      return name.replaceFirst("^(bert|roberta)\\.", "backbone.");
    }
    boolean folded = !Files.exists(path.resolve("trainable.safetensors"));
    if (folded && name.equals("prompt_encoder.default.embedding.weight")) {
      return "prompt_embeddings";
    }
    return name.replaceFirst("^base_model\\.(model\\.)?", "")
        .replaceFirst("^(bert|roberta)\\.", "")
        .replace("modules_to_save.default.", "")
        .replace("modules_to_save.", "")
        .replace("base_layer.", "")
        .replace("ln_tuning_layers.", "")
        .replace("lora_magnitude_vector.default.weight", "lora_magnitude_vector")
        .replaceFirst("ia3_l\\.default$", "ia3_l")
        .replaceFirst("attention\\.output\\.dense\\.ia3_l", "attention.inner.ia3_l")
        .replaceFirst("(?<=\\d\\.)output\\.dense\\.ia3_l", "ffn.inner.ia3_l")
        .replace("prompt_encoder.default.", "")
        .replace(".default.", ".");
  }
}
