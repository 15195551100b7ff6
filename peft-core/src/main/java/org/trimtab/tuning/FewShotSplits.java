package org.trimtab.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.trimtab.base.Invalid;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.task.FewShot;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.tensor.RandomStreams;

/** A task's splits, or the part of them that an experiment draws. */
public final class FewShotSplits {
  /** What a task's own dev set is called where another one is drawn of its training examples. */
  private static final String OFFICIAL_DEV = "official-dev";

  private FewShotSplits() {}

  /**
   * What an experiment trains and evaluates on.
   *
   * @param config with one seed
   * @param all of the task
   * @param words of its classes
   * @throws Invalid if there are fewer examples than it asks for
   */
  public static <Y> Splits<Y> of(ExperimentConfig config, Splits<Y> all, List<String> words) {
    Random random = new RandomStreams(config.seeds().get(0)).stream("few-shot");
    return config
        .data()
        .fewShot()
        .map(fewShot -> with(drawn(fewShot, all.train(), words, random), all))
        .orElse(all);
  }

  private static <Y> FewShot.Drawn<Y> drawn(
      FewShot fewShot, Split<Y> train, List<String> words, Random random) {
    try {
      return fewShot.draw(train, words, random);
    } catch (Invalid e) {
      throw e.within("data.fewShot");
    }
  }

  private static <Y> Splits<Y> with(FewShot.Drawn<Y> drawn, Splits<Y> all) {
    if (drawn.dev().isEmpty()) {
      return new Splits<>(drawn.train(), all.dev(), all.further(), all.tests());
    }
    List<Split<Y>> further = new ArrayList<>(List.of(all.dev().named(OFFICIAL_DEV)));
    further.addAll(all.further());
    return new Splits<>(drawn.train(), drawn.dev().get(), further, all.tests());
  }
}
