package org.trimtab.peft.file;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.backbone.ReadRows;
import org.trimtab.base.Invalid;
import org.trimtab.head.HeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.model.Model;
import org.trimtab.tensor.Param;

/**
 * The head that {@code AutoModelForSequenceClassification} puts on a family of models.
 *
 * @param family such as {@code bert}
 * @param type of ours that is the same
 * @param tensors by our names, which are theirs
 * @param pooler whether it reads the backbone's pooler
 */
record PeftHead(String family, String type, Set<String> tensors, boolean pooler) {
  private static final String PREFIX = "classifier.";
  private static final List<PeftHead> ALL =
      List.of(
          new PeftHead("bert", "linear", Set.of("classifier.weight", "classifier.bias"), true),
          new PeftHead(
              "roberta",
              "dense",
              Set.of(
                  "classifier.dense.weight",
                  "classifier.dense.bias",
                  "classifier.out_proj.weight",
                  "classifier.out_proj.bias"),
              false));

  /** Whether a tensor of this name is a head's. */
  static boolean owns(String name) {
    return name.startsWith(PREFIX) || name.startsWith("score.");
  }

  /** For messages. */
  static String families() {
    return ALL.stream().map(PeftHead::family).collect(Collectors.joining(", "));
  }

  /** The head that {@code names} have a tensor of; empty where they have none. */
  static Optional<PeftHead> among(Collection<String> names) {
    return ALL.stream().filter(head -> names.stream().anyMatch(head.tensors::contains)).findFirst();
  }

  /**
   * What it reads.
   *
   * @param row0 whether row 0 is a prompt's, which PEFT reads all the same
   */
  Pooling pooling(boolean row0) {
    if (pooler) {
      return row0 ? Pooling.POOLER_FIRST : Pooling.POOLER;
    }
    return row0 ? Pooling.FIRST : Pooling.CLS;
  }

  /**
   * Refuses a head that isn't that of the model's class.
   *
   * @throws Invalid for {@code head}
   */
  static void require(HeadConfig config, Model<?> model) {
    String family = model.backbone().spec().family();
    PeftHead expected =
        ALL.stream()
            .filter(head -> head.family.equals(family))
            .findFirst()
            .orElseThrow(
                () -> new Invalid("backbone", "PEFT's head of " + family + " isn't known"));
    boolean row0 =
        model.backbone().spec().stacks().stream()
            .anyMatch(stack -> model.module().footprint(stack.stack()).promptRows() > 0);
    Set<String> own =
        model.head().params().all().stream().map(Param::name).collect(Collectors.toSet());
    Set<ReadRows> reads = model.head().reads();
    boolean rows =
        reads.equals(Set.of(ReadRows.FIRST)) || (!row0 && reads.equals(Set.of(ReadRows.CLS)));
    if (reads.contains(ReadRows.SPANS)) {
      throw new Invalid(
          "task.spans",
          "AutoModelForSequenceClassification reads no marked places; allowed none, or --format"
              + " onnx");
    }
    if (!own.equals(expected.tensors) || !rows || config.needsPooler() != expected.pooler) {
      throw new Invalid("head", expected.refusal(row0));
    }
  }

  private String refusal(boolean row0) {
    String pooling = pooling(row0).name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "not that of AutoModelForSequenceClassification for a "
        + family
        + ", which reads "
        + (pooler ? "the pooler of row 0" : "row 0")
        + (row0 ? ", the first virtual token" : "")
        + "; allowed head: {type: "
        + type
        + ", pooling: "
        + pooling
        + "}"
        + (pooler ? " over backbone: {pooler: frozen}, of a model that has a pooler" : "");
  }
}
