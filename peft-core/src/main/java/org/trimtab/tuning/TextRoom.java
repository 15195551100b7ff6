package org.trimtab.tuning;

import org.trimtab.backbone.BackboneSpec;
import org.trimtab.base.Invalid;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.method.Footprint;
import org.trimtab.model.Model;

/**
 * What a sequence leaves a text.
 *
 * @param length tokens of a sequence, prompt rows among them
 * @param positions that the model has
 * @param taken what the method takes of them
 */
public record TextRoom(int length, int positions, Footprint taken) {
  /** [CLS], a token and [SEP]: what a text needs at least. */
  private static final int LEAST_TEXT = 3;

  /** That of the texts of {@code model}. */
  public static TextRoom of(ExperimentConfig config, Model<?> model) {
    BackboneSpec spec = model.backbone().spec();
    return new TextRoom(
        config.data().maximumLength(),
        spec.positions(),
        model.module().footprint(spec.textStack().stack()));
  }

  /** In tokens. */
  public int tokens() {
    return length - taken.promptRows();
  }

  /**
   * Refuses a sequence that doesn't fit.
   *
   * @throws Invalid if it is too long for the model or the method, or leaves a text too little
   */
  void require() {
    requirePositions();
    requirePrompt();
    requireText();
  }

  private void requirePositions() {
    if (length > positions) {
      throw wrongLength("; allowed up to the model's positions, " + positions);
    }
    if (length + taken.shift() > positions) {
      throw wrongLength(
          ", and the prefix moves the text by "
              + taken.shift()
              + "; allowed up to "
              + (positions - taken.shift()));
    }
  }

  private void requirePrompt() {
    int longest = positions - LEAST_TEXT;
    if (taken.promptRows() > longest) {
      throw new Invalid(
          "method",
          "the prompt takes "
              + taken.promptRows()
              + " of the model's "
              + positions
              + " positions; allowed up to "
              + longest);
    }
  }

  private void requireText() {
    if (tokens() < LEAST_TEXT) {
      throw wrongLength(
          ", of which the prompt takes "
              + taken.promptRows()
              + "; allowed at least "
              + (taken.promptRows() + LEAST_TEXT));
    }
    if (tokens() > taken.longestText()) {
      throw wrongLength(
          ", which leaves a text "
              + tokens()
              + " tokens, and the method has parameters for "
              + taken.longestText()
              + "; allowed up to "
              + (taken.longestText() + taken.promptRows()));
    }
  }

  private Invalid wrongLength(String why) {
    return new Invalid("data.maximumLength", "found " + length + why);
  }
}
