package org.trimtab.jmh;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.trimtab.jmh.subject.Choice;

/** Parameters of benchmarks that measure a model. */
@State(Scope.Benchmark)
public class ModelChoice {
  /** What leaves a setting as the preset has it. */
  static final String PRESET = "preset";

  /** Separates settings; JMH takes a comma for itself. */
  private static final String SEPARATOR = ";";

  /** A file of {@code configs/methods} without its ending. */
  @Param("prompt")
  public String method = "prompt";

  /** A file of {@code configs/backbones} without its ending, or {@code made-up}. */
  @Param("minilm-l6")
  public String backbone = "minilm-l6";

  /** The number format, as {@code backbone.precision} has it. */
  @Param("fp32")
  public String precision = "fp32";

  /** Virtual tokens, {@code method.length}. */
  @Param(PRESET)
  public String promptLength = PRESET;

  /** Further settings, such as {@code head.pooling=cls;backbone.dropout.hidden=0.1}. */
  @Param(PRESET)
  public String set = PRESET;

  Choice choice() {
    return choice(method, backbone, precision, promptLength, set);
  }

  static Choice choice(
      String method, String backbone, String precision, String promptLength, String set) {
    List<String> sets = new ArrayList<>();
    sets.add("backbone.precision=" + precision);
    if (!promptLength.equals(PRESET)) {
      sets.add("method.length=" + promptLength);
    }
    if (!set.equals(PRESET)) {
      sets.addAll(List.of(set.split(SEPARATOR)));
    }
    return new Choice(method, backbone, sets);
  }
}
