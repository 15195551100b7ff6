package org.trimtab.peft.file;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trimtab.head.DenseHeadConfig.Activation;

/** The heads of {@code AutoModelForSequenceClassification} that are known. */
final class PeftHeads {
  private static final String WEIGHT = "classifier.weight";
  private static final String BIAS = "classifier.bias";
  private static final List<String> LLAMAS =
      List.of("llama", "mistral", "qwen2", "qwen3", "gemma3_text");
  private static final List<PeftHead> ALL =
      List.of(
          new PeftHead(
              List.of("bert"),
              "bert.",
              PeftHead.Form.linear(true),
              Map.of(WEIGHT, WEIGHT, BIAS, BIAS),
              PeftHead.Row.POOLER),
          new PeftHead(
              List.of("roberta", "xlm-roberta"),
              "roberta.",
              PeftHead.Form.dense(Activation.TANH, false),
              dense("classifier.dense", "classifier.out_proj", Optional.empty()),
              PeftHead.Row.FIRST),
          new PeftHead(
              List.of("electra"),
              "electra.",
              PeftHead.Form.dense(Activation.GELU, false),
              dense("classifier.dense", "classifier.out_proj", Optional.empty()),
              PeftHead.Row.FIRST),
          new PeftHead(
              List.of("distilbert"),
              "distilbert.",
              PeftHead.Form.dense(Activation.RELU, false),
              dense("pre_classifier", "classifier", Optional.empty()),
              PeftHead.Row.FIRST),
          new PeftHead(
              List.of("modernbert"),
              "model.",
              PeftHead.Form.dense(Activation.GELU, true),
              dense("head.dense", "classifier", Optional.of("head.norm")),
              PeftHead.Row.FIRST),
          new PeftHead(
              LLAMAS,
              "model.",
              PeftHead.Form.linear(false),
              Map.of(WEIGHT, "score.weight"),
              PeftHead.Row.LAST),
          new PeftHead(
              List.of("gpt2"),
              "transformer.",
              PeftHead.Form.linear(false),
              Map.of(WEIGHT, "score.weight"),
              PeftHead.Row.LAST));

  private PeftHeads() {}

  private static Map<String, String> dense(String first, String last, Optional<String> norm) {
    Map<String, String> tensors = new LinkedHashMap<>();
    tensors.put("classifier.dense.weight", first + ".weight");
    norm.ifPresentOrElse(
        name -> tensors.put("classifier.norm.weight", name + ".weight"),
        () -> tensors.put("classifier.dense.bias", first + ".bias"));
    tensors.put("classifier.out_proj.weight", last + ".weight");
    tensors.put("classifier.out_proj.bias", last + ".bias");
    return tensors;
  }

  /** For messages. */
  static String families() {
    return ALL.stream().flatMap(head -> head.families().stream()).collect(Collectors.joining(", "));
  }

  /** Whether a tensor of this name is a head's. */
  static boolean owns(String name) {
    return ALL.stream().anyMatch(head -> head.tensors().containsValue(name));
  }

  /** That of {@code family}. */
  static Optional<PeftHead> of(String family) {
    return ALL.stream().filter(head -> head.families().contains(family)).findFirst();
  }

  /**
   * The head that {@code names} have a tensor of; empty where they have none.
   *
   * @param prefix the model's, where it is known
   * @param family the model's, where it is known
   */
  static Optional<PeftHead> among(
      Collection<String> names, Optional<String> prefix, Optional<String> family) {
    return ALL.stream()
        .filter(head -> prefix.filter(p -> !p.equals(head.prefix())).isEmpty())
        .filter(head -> family.filter(f -> !head.families().contains(f)).isEmpty())
        .filter(head -> names.stream().anyMatch(head.tensors()::containsValue))
        .findFirst();
  }
}
