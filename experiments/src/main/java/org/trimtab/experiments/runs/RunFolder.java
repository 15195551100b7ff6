package org.trimtab.experiments.runs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.adapter.AdapterFolder;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;
import org.trimtab.tuning.AdapterFiles;

/** The folder of one trial, and the names of its files. */
public record RunFolder(Path path) {
  private static final String AFTER = "-after-";
  private static final String NO_LOG =
      "; put the file back as it was, or remove its folder to begin anew";

  public Path config() {
    return path.resolve("config.yaml");
  }

  public Path result() {
    return path.resolve("result.json");
  }

  public Path adapter() {
    return path.resolve(AdapterFiles.OF_RUN);
  }

  /** What a killed trial goes on from; gone once the trial is finished. */
  public Path checkpoint() {
    return path.resolve("checkpoint").resolve("checkpoint.safetensors");
  }

  /** All that the adapter's values don't say: method, head, labels, lengths. */
  public Path adapterExperiment() {
    return adapter().resolve(AdapterFiles.EXPERIMENT);
  }

  public Path lock() {
    return path.resolve(".lock");
  }

  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /** Of TensorBoard's event files. */
  public Path events() {
    return path.resolve("tensorboard");
  }

  /** Which run of an MLflow server shows the trial. */
  public Path mlflow() {
    return path.resolve("mlflow.json");
  }

  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** What each item of the split that the score is of was taken for. */
  public Path predictions() {
    return path.resolve("predictions.jsonl");
  }

  /** Why a trial ended here without a result. */
  public Path failure() {
    return path.resolve("failure.json");
  }

  /** The scores at which a halted trial stood, by its epochs. */
  public Path rungs() {
    return path.resolve("rungs.json");
  }

  /** Removes what was said of an earlier try. */
  public void forgetFailure() {
    try {
      Files.deleteIfExists(failure());
    } catch (IOException e) {
      throw FileErrors.unwritable(failure(), e);
    }
  }

  /**
   * Whether a trial ended here; its result is the last file that a trial writes.
   *
   * @throws UserError if the result is damaged
   */
  public boolean finished() {
    return Files.exists(result()) && RunResult.read(this).status().scored();
  }

  /** Whether a trial was begun here that can go on, unless it is finished. */
  public boolean interrupted() {
    return !Files.exists(result()) && Files.isRegularFile(checkpoint());
  }

  /**
   * The experiment of the model that was saved here, be this a run's folder or an adapter's.
   *
   * @throws UserError if there is none
   */
  public Path saved() {
    Path own = ownExperiment();
    if (Files.isRegularFile(own)) {
      return own;
    }
    if (finished()) {
      return adapterExperiment();
    }
    if (Files.exists(path.resolve(AdapterFolder.SETTINGS))) {
      throw new UserError(
          path + ": an adapter of another library; allowed in an experiment's file, adapter: DIR");
    }
    throw new UserError(
        path
            + ": no finished run: it has no result.json"
            + (interrupted() ? "; trimtab resume " + path + " goes on with it" : ""));
  }

  /** The experiment of an adapter, where this is its folder. */
  public Path ownExperiment() {
    return path.resolve(AdapterFiles.EXPERIMENT);
  }

  /** Where the saved model lies, be this a run's folder or an adapter's. */
  public Path savedAdapter() {
    return Files.isRegularFile(ownExperiment()) ? path : adapter();
  }

  /** Its own name, however its path is written. */
  public String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * Moves it to the name of a trial that went on with changes: that of neither trial.
   *
   * @param id of the trial that it has become
   * @throws UserError if that one is there already
   */
  public RunFolder moved(String id) {
    Path target = path.toAbsolutePath().normalize().resolveSibling(id + AFTER + name());
    if (Files.exists(target)) {
      throw new UserError(target + ": is there already, of the same change; remove or rename it");
    }
    try {
      Files.move(path, target);
    } catch (IOException e) {
      throw FileErrors.unwritable(target, e);
    }
    return new RunFolder(target);
  }

  /** Whether what went on here had been begun as another trial. */
  public boolean hasMoved() {
    return name().contains(AFTER);
  }

  /** Makes the folder where it is missing. */
  public void create() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw FileErrors.unwritable(path, e);
    }
  }

  /** Empties the folder of an earlier trial, but for its lock. */
  public void begin() {
    try {
      try (Stream<Path> old = Files.walk(path)) {
        List<Path> all = old.sorted(Comparator.reverseOrder()).toList();
        for (Path file : all) {
          if (!file.equals(path) && !file.equals(lock())) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(adapter());
      Files.createDirectories(path.resolve("checkpoint"));
    } catch (IOException e) {
      throw FileErrors.unwritable(path, e);
    }
  }

  /** Removes what only an unfinished trial needs. */
  public void end() {
    try {
      Files.deleteIfExists(checkpoint());
      Files.deleteIfExists(path.resolve("checkpoint"));
    } catch (IOException e) {
      throw FileErrors.unwritable(checkpoint(), e);
    }
  }

  /** The length of {@code metrics.jsonl} in bytes. */
  public long logged() {
    try {
      return Files.exists(metrics()) ? Files.size(metrics()) : 0;
    } catch (IOException e) {
      throw FileErrors.unwritable(metrics(), e);
    }
  }

  /**
   * Cuts {@code metrics.jsonl} to its first {@code length} bytes, which are whole lines.
   *
   * @throws UserError if it is shorter, or damaged
   */
  public void cutLog(long length) {
    if (logged() < length) {
      throw new UserError(
          metrics()
              + ": found "
              + logged()
              + " bytes, but the checkpoint was saved when there were "
              + length
              + NO_LOG);
    }
    truncateLog(length);
    try {
      if (RunLog.read(metrics()).truncated()) {
        throw new UserError(metrics() + ": its lines aren't those of the checkpoint");
      }
    } catch (UserError e) {
      throw new UserError(e.getMessage() + NO_LOG, e);
    }
  }

  private void truncateLog(long length) {
    try (FileChannel channel =
        FileChannel.open(metrics(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    } catch (IOException e) {
      throw FileErrors.unwritable(metrics(), e);
    }
  }
}
