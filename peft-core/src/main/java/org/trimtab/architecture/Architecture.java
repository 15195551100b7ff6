package org.trimtab.architecture;

import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Stack;

/**
 * All that the configuration of a model says of what it computes.
 *
 * @param settings all of it in one text: models of different texts may compute differently
 * @param spec with a pooler where the family has one
 * @param wirings of each stack
 * @param names of its modules and tensors
 * @param tables sizes of what tokens are looked up in
 * @param wordHead what predicts masked words, where files have it
 * @param initialization of a new model
 */
public record Architecture(
    String settings,
    BackboneSpec spec,
    Map<Stack, Wiring> wirings,
    Names names,
    Tables tables,
    Optional<WordHead> wordHead,
    Initialization initialization) {
  public Architecture {
    wirings = Map.copyOf(wirings);
  }

  /** Of a model that predicts no masked words, and begins as most do. */
  public Architecture(
      String settings, BackboneSpec spec, Map<Stack, Wiring> wirings, Names names, Tables tables) {
    this(
        settings,
        spec,
        wirings,
        names,
        tables,
        Optional.empty(),
        Initialization.normal(Initialization.USUAL));
  }

  /**
   * The rows of each table.
   *
   * @param positions 0 where positions have no table
   * @param segments 0 where there is none
   * @param segmented whether segments tell texts apart; else all tokens are of the first one
   */
  public record Tables(int words, int positions, int segments, boolean segmented) {}

  /** The name of the family, such as {@code bert}. */
  public String family() {
    return spec.family();
  }

  /** Of {@code stack}, which this has. */
  public Wiring wiring(Stack stack) {
    return Optional.ofNullable(wirings.get(stack)).orElseThrow();
  }

  /** The same with another shape, such as one without its pooler. */
  public Architecture with(BackboneSpec other) {
    return new Architecture(settings, other, wirings, names, tables, wordHead, initialization);
  }

  /** The same with what predicts masked words. */
  public Architecture with(WordHead head) {
    return new Architecture(
        settings, spec, wirings, names, tables, Optional.of(head), initialization);
  }

  /** The same with another beginning. */
  public Architecture with(Initialization other) {
    return new Architecture(settings, spec, wirings, names, tables, wordHead, other);
  }

  /** What a tensor is called in a file, behind the model's prefix; heads stand beside the model. */
  public String inFile(String name) {
    boolean beside =
        names.output().filter(name::equals).isPresent()
            || wordHead.filter(head -> head.tensors().contains(name)).isPresent();
    return beside ? name : names.prefix() + name;
  }
}
