package org.trimtab.experiments.track.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.experiments.track.TrackedRun;

/**
 * A trial's run at a server; for one thread. A resumed trial goes on with its run, and a value at a
 * step that the run has already is not logged again. A trial that has gone on with changes is
 * another one, and gets a run of its own.
 */
final class MlflowSession {
  private static final String PREFIX = "trimtab.";
  private final MlflowServer server;
  private final String experiment;
  private final TrackedRun tracked;
  private final Optional<MlflowRunFile> before;
  private Optional<String> run = Optional.empty();
  private Map<String, Long> lastSteps = Map.of();
  private boolean described;

  /**
   * A session that asks nothing of the server yet.
   *
   * @throws UserError if the folder's record of an earlier one is damaged
   */
  MlflowSession(MlflowServer server, String experiment, TrackedRun tracked) {
    this.server = server;
    this.experiment = experiment;
    this.tracked = tracked;
    this.before = MlflowRunFile.read(tracked.folder());
  }

  /** Begins or goes on with the run; what was done before a failure is not done again. */
  void open(Consumer<String> notes) throws MlflowFailure {
    if (run.isEmpty()) {
      String id = server.experiment(experiment);
      run = existing(id, notes);
    }
    if (run.isEmpty()) {
      run = Optional.of(create(server.experiment(experiment)));
    }
    if (!described) {
      String id = run.get();
      server.status(id, "RUNNING", Optional.empty());
      describe(id, notes);
      described = true;
    }
  }

  private Optional<String> existing(String experimentId, Consumer<String> notes)
      throws MlflowFailure {
    Optional<String> id =
        before.filter(b -> b.tracked().equals(tracked.folder().name())).map(MlflowRunFile::id);
    if (id.isEmpty()) {
      return id;
    }
    Optional<MlflowServer.Run> found =
        server.run(id.get()).filter(r -> r.active() && r.experiment().equals(experimentId));
    if (found.isEmpty()) {
      notes.accept(
          "the run "
              + id.get()
              + " of this trial is not in the experiment '"
              + experiment
              + "'; a new one begins where the trial goes on");
      return Optional.empty();
    }
    lastSteps = found.get().lastSteps();
    return id;
  }

  private String create(String experimentId) throws MlflowFailure {
    String name = tracked.folder().name();
    String id = server.create(experimentId, name, System.currentTimeMillis());
    new MlflowRunFile(name, id).write(tracked.folder());
    return id;
  }

  private void describe(String id, Consumer<String> notes) throws MlflowFailure {
    for (Map<String, String> some : parts(tags())) {
      server.tags(id, some);
    }
    Map<String, String> settings = tracked.provenance().settings().config();
    for (Map<String, String> some : parts(MlflowNames.parameters(settings, notes))) {
      try {
        server.parameters(id, some);
      } catch (MlflowFailure e) {
        if (!e.lasting()) {
          throw e;
        }
        notes.accept("parameters are missing there: " + e.getMessage());
      }
    }
  }

  /** Where the results come from, as {@code provenance.json} says it, and what they belong to. */
  private Map<String, String> tags() {
    Provenance provenance = tracked.provenance();
    Map<String, Object> origin = new LinkedHashMap<>(provenance.json());
    origin.keySet().removeAll(List.of(Provenance.CONFIG));
    Map<String, String> tags = new TreeMap<>();
    origin.forEach((key, value) -> tag(PREFIX + key, value, tags));
    tags.put(PREFIX + "task", tracked.task());
    tags.put(PREFIX + "method", provenance.settings().config().getOrDefault("method.type", ""));
    tracked.sweep().ifPresent(sweep -> tags.put(PREFIX + "sweep", sweep));
    before
        .filter(b -> !b.tracked().equals(tracked.folder().name()))
        .ifPresent(b -> tags.put(PREFIX + "after", b.id()));
    if (!provenance.code().commit().isEmpty()) {
      tags.put("mlflow.source.git.commit", provenance.code().commit());
    }
    return tags;
  }

  private static void tag(String key, Object value, Map<String, String> tags) {
    if (value instanceof Map<?, ?> inner) {
      inner.forEach((name, part) -> tag(key + "." + name, part, tags));
    } else {
      String text = value instanceof List<?> words ? String.join(" ", strings(words)) : "" + value;
      tags.put(MlflowNames.key(key), MlflowNames.value(text));
    }
  }

  private static List<String> strings(List<?> words) {
    return words.stream().map(String::valueOf).toList();
  }

  private static List<Map<String, String>> parts(Map<String, String> all) {
    List<Map<String, String>> parts = new ArrayList<>();
    all.forEach(
        (key, value) -> {
          if (parts.isEmpty()
              || parts.get(parts.size() - 1).size() == MlflowServer.MOST_PARAMETERS) {
            parts.add(new LinkedHashMap<>());
          }
          parts.get(parts.size() - 1).put(key, value);
        });
    return parts;
  }

  /** Logs values, but for those that the run has; {@link #open} comes first. */
  void log(List<MlflowServer.Metric> metrics) throws MlflowFailure {
    List<MlflowServer.Metric> fresh =
        metrics.stream().filter(m -> m.step() > lastSteps.getOrDefault(m.key(), -1L)).toList();
    if (!fresh.isEmpty()) {
      server.metrics(run.orElseThrow(), fresh);
    }
  }

  /** Says how the run has ended. */
  void end(String status) throws MlflowFailure {
    server.status(run.orElseThrow(), status, Optional.of(System.currentTimeMillis()));
  }
}
