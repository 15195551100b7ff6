package org.trimtab.peft.file;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.adapter.SavedHead;
import org.trimtab.backbone.ReadRows;
import org.trimtab.base.Invalid;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.HeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.model.Model;
import org.trimtab.tensor.Param;

/**
 * The head that {@code AutoModelForSequenceClassification} puts on some families of models.
 *
 * @param families such as {@code bert}
 * @param prefix of their modules
 * @param form of ours that is the same
 * @param tensors their names by ours
 * @param row what it reads
 */
record PeftHead(
    List<String> families, String prefix, Form form, Map<String, String> tensors, Row row) {
  /** What a head reads. */
  enum Row {
    /** The pooler of row 0. */
    POOLER,
    /** Row 0. */
    FIRST,
    /** The last real token. */
    LAST
  }

  /** Settings of a head of ours. */
  record Form(
      String type,
      Optional<DenseHeadConfig.Activation> activation,
      Optional<Boolean> normed,
      Optional<Boolean> bias) {
    static Form linear(boolean bias) {
      return new Form(
          "linear", Optional.empty(), Optional.empty(), Optional.of(bias).filter(own -> !own));
    }

    static Form dense(DenseHeadConfig.Activation activation, boolean normed) {
      boolean plain = activation == DenseHeadConfig.Activation.TANH;
      return new Form(
          "dense",
          plain ? Optional.empty() : Optional.of(activation),
          Optional.of(normed).filter(own -> own),
          Optional.empty());
    }

    private String told(Pooling pooling) {
      StringBuilder told = new StringBuilder("{type: ").append(type);
      told.append(", pooling: ").append(yaml(pooling));
      activation.ifPresent(own -> told.append(", activation: ").append(yaml(own)));
      normed.ifPresent(own -> told.append(", normed: ").append(own));
      bias.ifPresent(own -> told.append(", bias: ").append(own));
      return told.append('}').toString();
    }

    private static String yaml(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether it reads the backbone's pooler. */
  boolean pooler() {
    return row == Row.POOLER;
  }

  /** Whether {@code other} computes the same of tensors with the same names. */
  boolean same(PeftHead other) {
    return form.equals(other.form) && tensors.equals(other.tensors) && row == other.row;
  }

  /** Their name of the tensor that we call {@code ours}. */
  String theirs(String ours) {
    return tensors.getOrDefault(ours, ours);
  }

  /**
   * As settings have it.
   *
   * @param row0 whether row 0 is a prompt's, which PEFT reads all the same
   */
  SavedHead settings(boolean row0) {
    return new SavedHead(form.type, pooling(row0), form.activation, form.normed, form.bias);
  }

  private Pooling pooling(boolean row0) {
    return switch (row) {
      case POOLER -> row0 ? Pooling.POOLER_FIRST : Pooling.POOLER;
      case FIRST -> row0 ? Pooling.FIRST : Pooling.CLS;
      case LAST -> Pooling.LAST;
    };
  }

  /**
   * The head of the model's class.
   *
   * @throws Invalid for {@code head} if the model's is another one
   */
  static PeftHead require(HeadConfig config, Model<?> model) {
    String family = model.backbone().spec().family();
    PeftHead expected =
        PeftHeads.of(family)
            .orElseThrow(
                () -> new Invalid("backbone", "PEFT's head of " + family + " isn't known"));
    boolean row0 =
        model.backbone().spec().stacks().stream()
            .anyMatch(stack -> model.module().footprint(stack.stack()).promptRows() > 0);
    expected.requireWritable(row0);
    Set<String> own =
        model.head().params().all().stream().map(Param::name).collect(Collectors.toSet());
    Set<ReadRows> reads = model.head().reads();
    if (reads.contains(ReadRows.SPANS)) {
      throw new Invalid(
          "task.spans",
          "AutoModelForSequenceClassification reads no marked places; allowed none, or --format"
              + " onnx");
    }
    boolean same =
        own.equals(expected.tensors.keySet())
            && expected.reads(reads, row0)
            && config.needsPooler() == expected.pooler()
            && expected.activates(config);
    if (!same) {
      throw new Invalid("head", expected.refusal(family, row0));
    }
    return expected;
  }

  /** Refuses what PEFT would read otherwise. */
  private void requireWritable(boolean row0) {
    if (tensors.containsKey("classifier.norm.weight")) {
      throw new Invalid(
          "backbone", "PEFT leaves a part of this model's head in the model's own files");
    }
    if (row == Row.LAST && row0) {
      throw new Invalid(
          "head", "with a prompt PEFT reads the last row, padding or not, not the last token's");
    }
  }

  private boolean reads(Set<ReadRows> reads, boolean row0) {
    return row == Row.LAST
        ? reads.equals(Set.of(ReadRows.LAST))
        : reads.equals(Set.of(ReadRows.FIRST)) || (!row0 && reads.equals(Set.of(ReadRows.CLS)));
  }

  private boolean activates(HeadConfig config) {
    DenseHeadConfig.Activation own = form.activation.orElse(DenseHeadConfig.Activation.TANH);
    return config.inner().filter(found -> found != own).isEmpty();
  }

  private String refusal(String family, boolean row0) {
    String read =
        switch (row) {
          case POOLER -> "the pooler of row 0";
          case FIRST -> "row 0";
          case LAST -> "the last token";
        };
    return "not that of AutoModelForSequenceClassification for a "
        + family
        + ", which reads "
        + read
        + (row0 ? ", the first virtual token" : "")
        + "; allowed head: "
        + form.told(pooling(row0))
        + (pooler() ? " over backbone: {pooler: frozen}, of a model that has a pooler" : "");
  }
}
