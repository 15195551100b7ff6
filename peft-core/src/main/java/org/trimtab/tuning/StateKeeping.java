package org.trimtab.tuning;

import java.util.Optional;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.ReadRows;
import org.trimtab.backbone.States;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.model.KeptStates;
import org.trimtab.model.Model;
import org.trimtab.model.StateSource;
import org.trimtab.train.TrainConfig;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.Tuning;

/** Whether a training may start its passes from states of the pretrained model that are kept. */
record StateKeeping(ModelSources<?> sources) {
  private static final String KEY = "train.keepStates.when";

  /**
   * {@code model} as it trains.
   *
   * @throws Invalid if states are to be kept where that isn't exact
   */
  <Y> Model<Y> of(Model<Y> model) {
    TrainConfig.KeepStates keep = sources.config().train().keepStates();
    if (keep.when() == TrainConfig.KeepStates.When.OFF) {
      return model;
    }
    Optional<String> inexact = inexact(model);
    boolean automatic = keep.when() == TrainConfig.KeepStates.When.AUTO;
    if (inexact.isPresent() && !automatic) {
      throw new Invalid(KEY, "found on, but " + inexact.get() + "; allowed auto, off");
    }
    return model.with(
        inexact
            .map(StateSource::none)
            .orElseGet(
                () ->
                    sources
                        .features()
                        .states(
                            model.backbone(),
                            new KeptStates.Bound((long) keep.mebibytes() << 20, automatic))));
  }

  /** Why a pass from kept states would be another one than that from the embedding, in words. */
  private Optional<String> inexact(Model<?> model) {
    BackboneOptions options = sources.config().backbone().options();
    if (options.tuning() == Tuning.FULL) {
      return Optional.of("the backbone trains");
    }
    if (!options.dropout().equals(DropoutRates.NONE)) {
      return Optional.of("the backbone's dropout is on");
    }
    if (model.head().reads().contains(ReadRows.ALL)) {
      return Optional.of("the head reads padding too");
    }
    return model
        .tensors()
        .freeing(() -> inexact(model, model.module().contribute(new Forward(Dropout.OFF))));
  }

  private static Optional<String> inexact(Model<?> model, Contribution contribution) {
    if (contribution.readsPadding()) {
      return Optional.of("the method reads padding too");
    }
    if (contribution.shift(model.backbone().spec().textStack().stack()) != 0) {
      return Optional.of("the method moves the text's positions");
    }
    return States.lowest(model.backbone().spec(), contribution).orElse(0) == 0
        ? Optional.of("the method touches the embedding or the lowest layer")
        : Optional.empty();
  }
}
