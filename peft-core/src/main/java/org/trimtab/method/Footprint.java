package org.trimtab.method;

import java.util.Optional;

/**
 * What a module takes of the rows and positions of one stack's input.
 *
 * @param promptRows P, by how many rows the input grows
 * @param shift by how many positions the text moves besides its prompt
 * @param longestText the most tokens of a text, special ones included, that there are parameters
 *     for
 * @param promptsShift whether the rows that join before the embedding's norm move the text's
 *     positions; empty where none join there. Modules of one pass must agree.
 */
public record Footprint(
    int promptRows, int shift, int longestText, Optional<Boolean> promptsShift) {
  public static final Footprint NONE = new Footprint(0, 0, Integer.MAX_VALUE, Optional.empty());

  /** That of keys and values that move the text. */
  public static Footprint shifted(int shift) {
    return new Footprint(0, shift, Integer.MAX_VALUE, Optional.empty());
  }

  /** That of P rows beside the text. */
  public static Footprint prompt(int promptRows, Optional<Boolean> promptsShift) {
    return new Footprint(promptRows, 0, Integer.MAX_VALUE, promptsShift);
  }

  /** The same, for texts of at most {@code tokens}. */
  public Footprint upTo(int tokens) {
    return new Footprint(promptRows, shift, Math.min(longestText, tokens), promptsShift);
  }

  /** Whether both can be in one pass. */
  public boolean agrees(Footprint other) {
    return promptsShift.isEmpty()
        || other.promptsShift.isEmpty()
        || promptsShift.equals(other.promptsShift);
  }

  /**
   * That of both together.
   *
   * @throws IllegalArgumentException if one prompt moves the text's positions and the other doesn't
   */
  public Footprint plus(Footprint other) {
    if (!agrees(other)) {
      throw new IllegalArgumentException(
          "one prompt moves the text's positions and another one doesn't: " + this + ", " + other);
    }
    return new Footprint(
        promptRows + other.promptRows,
        shift + other.shift,
        Math.min(longestText, other.longestText),
        promptsShift.or(() -> other.promptsShift));
  }
}
