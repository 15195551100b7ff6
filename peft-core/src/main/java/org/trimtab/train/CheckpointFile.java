package org.trimtab.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.SafetensorsWriter;

/**
 * A {@link Progress} as one safetensors file, which is replaced whole or not at all.
 *
 * <p>Tensors are called {@code value/NAME}, {@code best/NAME}, {@code optimizer/NAME/SLOT} and
 * {@code more/NAME}; the header's metadata holds {@code position} (step, epoch and update), {@code
 * best} (goodness, step and evaluations since) and the warnings. It holds the full trainable state;
 * what is handed on after a training, folded, is the adapter.
 */
public final class CheckpointFile {
  private static final String VALUE = "value/";
  private static final String OF_BEST = "best/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String MORE = "more/";
  private static final String POSITION = "position";
  private static final String BEST = "best";
  private static final String WARNINGS = "warnings";
  private static final String NOTE = "note.";

  /** What a user can do where the file is damaged, a sentence without its end. */
  private static final String REMEDY =
      "a training can't go on from it; put the file back, or remove it to begin the training anew";

  private final Path file;
  private final Params params;

  /** The checkpoint of a training of {@code params}. */
  public CheckpointFile(Path file, Params params) {
    this.file = file;
    this.params = params;
  }

  /**
   * A progress, and what else its owner wrote down.
   *
   * @param notes anything, by names of the owner's
   */
  public record Saved(Progress progress, Map<String, String> notes) {}

  /** Replaces what was saved before. */
  public void save(Saved saved) {
    Progress progress = saved.progress();
    Map<String, HostTensor> all = new LinkedHashMap<>();
    put(all, VALUE, progress.snapshot().values());
    put(all, OF_BEST, progress.best().values());
    put(all, OPTIMIZER, progress.snapshot().optimizer());
    put(all, MORE, progress.snapshot().more());
    Map<String, String> metadata = new LinkedHashMap<>();
    Progress.Position position = progress.position();
    metadata.put(POSITION, words(position.step(), position.epoch(), position.update()));
    Progress.Best best = progress.best();
    metadata.put(BEST, words(best.goodness(), best.step(), best.evaluationsSince()));
    metadata.put(WARNINGS, String.join("\n", progress.warnings()));
    saved.notes().forEach((name, note) -> metadata.put(NOTE + name, note));
    SafetensorsWriter.write(file, all, metadata);
  }

  private static void put(
      Map<String, HostTensor> all, String prefix, Map<String, HostTensor> tensors) {
    tensors.forEach((name, tensor) -> all.put(prefix + name, tensor));
  }

  private static String words(Number... numbers) {
    return String.join(" ", Arrays.stream(numbers).map(Number::toString).toList());
  }

  /**
   * What was saved last; empty where nothing was.
   *
   * @throws UserError if the file is damaged, or belongs to other parameters
   */
  public Optional<Saved> load() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Safetensors saved = Safetensors.open(file)) {
      return Optional.of(new Saved(progress(saved), notes(saved)));
    } catch (NumberFormatException e) {
      throw damaged(e.getMessage(), e);
    } catch (UserError e) {
      throw new UserError(e.getMessage() + "; " + REMEDY, e);
    }
  }

  private UserError damaged(@Nullable String message, NumberFormatException e) {
    return new UserError(file + ": no checkpoint: " + message + "; " + REMEDY, e);
  }

  /**
   * A number that stands in a note.
   *
   * @throws UserError if there is none
   */
  public double number(Saved saved, String note) {
    try {
      return Double.parseDouble(require(saved.notes(), note));
    } catch (NumberFormatException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private Progress progress(Safetensors saved) {
    String[] position = words(saved, POSITION, 3);
    String[] best = words(saved, BEST, 3);
    String warnings = word(saved, WARNINGS);
    boolean kept = saved.names().stream().anyMatch(name -> name.startsWith(OF_BEST));
    return new Progress(
        new Progress.Position(
            Long.parseLong(position[0]),
            Integer.parseInt(position[1]),
            Integer.parseInt(position[2])),
        new Progress.Best(
            Double.parseDouble(best[0]),
            Long.parseLong(best[1]),
            Integer.parseInt(best[2]),
            kept ? ofParams(saved, OF_BEST) : Map.of()),
        warnings.isEmpty() ? List.of() : List.of(warnings.split("\n", -1)),
        new Progress.Snapshot(
            ofParams(saved, VALUE), tensors(saved, OPTIMIZER), tensors(saved, MORE)));
  }

  /** Of all parameters; a missing one is the user's error. */
  private Map<String, HostTensor> ofParams(Safetensors saved, String prefix) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    for (Param param : params.all()) {
      values.put(param.name(), saved.tensor(prefix + param.name()).copied());
    }
    return values;
  }

  private static Map<String, HostTensor> tensors(Safetensors saved, String prefix) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (String name : saved.names()) {
      if (name.startsWith(prefix)) {
        tensors.put(name.substring(prefix.length()), saved.tensor(name).copied());
      }
    }
    return tensors;
  }

  private static Map<String, String> notes(Safetensors saved) {
    Map<String, String> notes = new LinkedHashMap<>();
    saved
        .metadata()
        .forEach(
            (name, note) -> {
              if (name.startsWith(NOTE)) {
                notes.put(name.substring(NOTE.length()), note);
              }
            });
    return notes;
  }

  private static String[] words(Safetensors saved, String name, int count) {
    String[] words = word(saved, name).split(" ", -1);
    if (words.length != count) {
      throw new NumberFormatException("its '" + name + "' is not " + count + " numbers");
    }
    return words;
  }

  private static String word(Safetensors saved, String name) {
    return require(saved.metadata(), name);
  }

  private static String require(Map<String, String> words, String name) {
    String word = words.get(name);
    if (word == null) {
      throw new NumberFormatException("it has no '" + name + "'");
    }
    return word;
  }
}
