package org.trimtab.experiments.trial;

import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.model.Model;
import org.trimtab.tuning.TextRoom;

/**
 * A saved model without data, to be written in another form.
 *
 * @param model with the values that were saved
 * @param inputs what it was made of
 * @param files that the inputs hold open
 * @param <Y> a gold value
 */
public record SavedModel<Y>(Model<Y> model, TrialInputs<Y> inputs, InputFiles files)
    implements AutoCloseable {
  /** How many tokens of a text it reads; what is longer is cut. */
  public int longestText() {
    return TextRoom.of(inputs.config(), model).tokens();
  }

  @Override
  public void close() {
    model.backbone().close();
    inputs.close();
    files.close();
  }
}
