package org.trimtab.experiments.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.json.Json;
import org.trimtab.tuning.SavedChanges;

/** Finds what has changed since a run began. */
public final class Changes {
  /** Settings that may change between two updates; all others fix what is trained, on what. */
  private static final List<String> RESUMABLE =
      List.of(
          "train.epochs",
          "train.lr",
          "train.weight_decay",
          "train.groups",
          "train.schedule",
          "train.warmup",
          "train.clip",
          "train.evaluation",
          "train.early_stopping.patience",
          "backbone.dropout",
          "data.maximum_length");

  private Changes() {}

  /**
   * Refuses to go on where something has changed that isn't allowed to.
   *
   * @param now the provenance of this process
   * @throws UserError with a line for each difference
   */
  public static void requireNone(RunFolder folder, Provenance now, Set<Change> allowed) {
    List<String> lines = since(folder, now, allowed);
    if (!lines.isEmpty()) {
      throw new UserError(
          folder.path()
              + ": can't go on, something has changed since it began; trimtab resume --allow=CHANGE"
              + " goes on all the same, trimtab run --force begins anew\n"
              + String.join("\n", lines));
    }
  }

  /** A line for each difference that isn't allowed. */
  public static List<String> since(RunFolder folder, Provenance now, Set<Change> allowed) {
    JsonNode before = tree(Provenance.read(folder));
    JsonNode after = tree(now);
    List<String> lines = new ArrayList<>();
    for (Change change : Change.values()) {
      if (!allowed.contains(change)) {
        lines.addAll(lines(change, before, after));
      }
    }
    return lines;
  }

  /**
   * Refuses changed settings with which a training can't go on from where it stands, even where
   * changes are allowed.
   *
   * @throws UserError naming them
   */
  public static void requireResumable(RunFolder folder, Provenance now) {
    List<String> others =
        Differences.of(
                tree(Provenance.read(folder)).path(Provenance.CONFIG),
                tree(now).path(Provenance.CONFIG))
            .stream()
            .filter(change -> !SavedChanges.isBelow(RESUMABLE, change.key()))
            .map(change -> change.in(""))
            .toList();
    if (!others.isEmpty()) {
      throw new UserError(
          folder.path()
              + ": a training can't go on with another "
              + String.join(", ", others)
              + "; allowed are changes of "
              + String.join(", ", RESUMABLE));
    }
  }

  private static JsonNode tree(Provenance provenance) {
    return Json.parse(Json.line(provenance.json()), "provenance");
  }

  private static List<String> lines(Change change, JsonNode before, JsonNode after) {
    String name = change.name().toLowerCase(Locale.ROOT);
    List<String> lines = new ArrayList<>();
    for (String key : keys(change)) {
      Differences.of(before.path(key), after.path(key))
          .forEach(difference -> lines.add("  " + name + ": " + difference.in(key)));
    }
    return lines;
  }

  private static List<String> keys(Change change) {
    return switch (change) {
      case CONFIG -> List.of(Provenance.CONFIG);
      case BACKBONE -> List.of(Provenance.BACKBONE_SHA256, Provenance.TOKENIZER_SHA256);
      case DATA -> List.of(Provenance.DATA_SHA256);
      case VERSION -> List.of(Provenance.CODE);
    };
  }
}
