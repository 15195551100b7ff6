package org.trimtab.backbone;

import java.util.Random;
import org.trimtab.tensor.RandomStreams;

/**
 * What is drawn while a batch's loss is computed. Its streams are named by purpose, step and part:
 * they are the same whatever ran before, and nothing of them need be saved.
 *
 * @param dropout of backbone, module and head alike: on in training, off in evaluation
 * @param streams of the seed
 * @param step how many updates were made before this one
 * @param part which of the step's batches it is, from 0
 */
public record Randomness(Dropout dropout, RandomStreams streams, long step, int part) {
  /** Every dropout off, and the same draws each time. */
  public static final Randomness FIXED = new Randomness(Dropout.OFF, new RandomStreams(0), 0, 0);

  /** A new stream for {@code purpose}, such as the sampling of negative examples. */
  public Random stream(String purpose) {
    return streams.stream(purpose + "/" + step + "/" + part);
  }
}
