package org.trimtab.experiments.trial;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.trimtab.base.UserError;
import org.trimtab.experiment.CheckpointConfig;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.train.CheckpointFile;
import org.trimtab.train.Checkpoints;
import org.trimtab.train.Progress;
import org.trimtab.train.TrainConfig;

/** A trial's checkpoints in its folder, with what the folder's other files had reached by then. */
final class TrialCheckpoints implements Checkpoints {
  private static final String SECONDS = "seconds";
  private static final String LOGGED = "metrics_bytes";
  private final CheckpointFile file;
  private final RunFolder folder;
  private final CheckpointConfig config;
  private final BooleanSupplier stop;
  private final Optional<CheckpointFile.Saved> last;
  private final double secondsBefore;
  private final long start = System.nanoTime();
  private long saved = start;

  /** Finds the last checkpoint of {@code folder}. */
  TrialCheckpoints(
      CheckpointFile file, RunFolder folder, CheckpointConfig config, BooleanSupplier stop) {
    this.file = file;
    this.folder = folder;
    this.config = config;
    this.stop = stop;
    last = file.load();
    secondsBefore = last.map(s -> file.number(s, SECONDS)).orElse(0.0);
  }

  /**
   * Refuses to go on from a place that the training to come doesn't have.
   *
   * @param examples of train
   * @throws UserError saying which place that is
   */
  void requirePlace(TrainConfig train, long examples) {
    last.map(saved -> saved.progress().position())
        .ifPresent(position -> requirePlace(position, train, examples));
  }

  private void requirePlace(Progress.Position position, TrainConfig train, long examples) {
    if (position.epoch() >= train.epochs()) {
      throw new UserError(
          folder.path()
              + ": train.epochs: found "
              + train.epochs()
              + ", but epoch "
              + (position.epoch() + 1)
              + " has begun; allowed that many or more");
    }
    if (train.batchTokens().isPresent()) {
      return; // the examples' lengths tell how many updates there are: the training looks at them
    }
    long updates = train.steps(examples) / train.epochs();
    if (position.update() > updates
        || position.step() != position.epoch() * updates + position.update()) {
      throw new UserError(
          folder.path()
              + ": the checkpoint is of step "
              + position.step()
              + ", in epochs of another number of updates than the "
              + updates
              + " of now; allowed as many training examples as before");
    }
  }

  /** Cuts the log back to where it was at the checkpoint, or to nothing. */
  void rewindLog() {
    folder.cutLog(last.map(s -> Math.round(file.number(s, LOGGED))).orElse(0L));
  }

  /** Seconds of training, those before an interruption among them. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }

  @Override
  public Optional<Progress> last() {
    return last.map(CheckpointFile.Saved::progress);
  }

  @Override
  public boolean due(long step) {
    boolean bySteps = config.steps().map(n -> step % n == 0).orElse(false);
    double elapsed = (System.nanoTime() - saved) / 1e9;
    return bySteps || config.seconds().map(s -> elapsed >= s).orElse(false);
  }

  @Override
  public void save(Progress progress) {
    Map<String, String> notes =
        Map.of(SECONDS, Double.toString(seconds()), LOGGED, Long.toString(folder.logged()));
    file.save(new CheckpointFile.Saved(progress, notes));
    saved = System.nanoTime();
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
