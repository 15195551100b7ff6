package org.trimtab.experiments.sweep.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.runs.Status;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;

/** What goes through the two pipes of a worker process: a JSON object a line. */
final class WorkerMessage {
  private static final String STOP = "stop";
  private static final String ID = "id";
  private static final String CONFIG = "config";
  private static final String TRIALS = "trials";
  private static final String UNTIL_EPOCH = "until_epoch";
  private static final String EVENT = "event";
  private static final String READY = "ready";
  private static final String STEP = "step";
  private static final String STEPS = "steps";
  private static final String ENDED = "ended";
  private static final String STATUS = "status";
  private static final String MESSAGE = "message";
  private static final String ESTIMATE = "estimate";
  private static final String REFUSAL = "refusal";

  private WorkerMessage() {}

  /**
   * Goes to a worker.
   *
   * @param job to be done; empty where what runs is to save its state and end early
   * @param estimate whether the job's trial is only built and measured
   */
  record Request(Optional<TrialJob> job, boolean estimate) {
    static Request run(TrialJob job) {
      return new Request(Optional.of(job), false);
    }

    static Request estimate(TrialJob job) {
      return new Request(Optional.of(job), true);
    }

    static Request stop() {
      return new Request(Optional.empty(), false);
    }

    /** As a line, without its end. */
    String line() {
      return Json.line(job.map(this::json).orElse(Map.of(STOP, true)));
    }

    private Map<String, Object> json(TrialJob of) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(ID, of.id());
      json.put(CONFIG, of.config());
      json.put(TRIALS, of.trials());
      json.put(UNTIL_EPOCH, of.untilEpoch());
      json.put(ESTIMATE, estimate);
      return json;
    }

    /**
     * Reads a line.
     *
     * @throws org.trimtab.base.UserError if it is no request
     */
    static Request read(String line) {
      JsonObject json = JsonObject.parse(line, "request");
      return json.has(STOP)
          ? stop()
          : new Request(
              Optional.of(
                  new TrialJob(
                      json.text(ID),
                      json.text(CONFIG),
                      json.text(TRIALS),
                      json.number(UNTIL_EPOCH))),
              json.truth(ESTIMATE));
    }
  }

  /**
   * Comes from a worker: how far a job is, how it ended, or what it was found to take. Without any
   * of them the worker is ready.
   */
  record Reply(
      Optional<Progress> progress, Optional<TrialOutcome> outcome, Optional<Measured> measured) {
    static Reply ready() {
      return new Reply(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Reply of(Progress progress) {
      return new Reply(Optional.of(progress), Optional.empty(), Optional.empty());
    }

    static Reply of(TrialOutcome outcome) {
      return new Reply(Optional.empty(), Optional.of(outcome), Optional.empty());
    }

    static Reply of(Measured measured) {
      return new Reply(Optional.empty(), Optional.empty(), Optional.of(measured));
    }

    /** Whether it answers a request. */
    boolean ended() {
      return outcome.isPresent() || measured.isPresent();
    }

    /** As a line, without its end. */
    String line() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(EVENT, ended() ? ENDED : progress.isPresent() ? STEP : READY);
      progress.ifPresent(p -> put(p, json));
      outcome.ifPresent(o -> put(o, json));
      measured.ifPresent(m -> put(m, json));
      return Json.line(json);
    }

    private static void put(Progress progress, Map<String, Object> json) {
      json.put(STEP, progress.step());
      json.put(STEPS, progress.steps());
    }

    private static void put(TrialOutcome outcome, Map<String, Object> json) {
      json.put(STATUS, outcome.status().spelling());
      json.put(MESSAGE, outcome.message());
    }

    private static void put(Measured measured, Map<String, Object> json) {
      measured
          .estimate()
          .ifPresentOrElse(
              estimate -> json.put(ESTIMATE, estimate.json()),
              () -> json.put(REFUSAL, measured.refusal()));
    }

    /**
     * Reads a line.
     *
     * @throws org.trimtab.base.UserError if it is no reply
     */
    static Reply read(String line) {
      JsonObject json = JsonObject.parse(line, "reply");
      return switch (json.text(EVENT)) {
        case STEP -> of(new Progress(json.whole(STEP), json.whole(STEPS)));
        case ENDED -> json.has(STATUS) ? of(outcome(json)) : of(measured(json));
        default -> ready();
      };
    }

    private static TrialOutcome outcome(JsonObject json) {
      return new TrialOutcome(Status.read(json, STATUS, status -> true), json.text(MESSAGE));
    }

    private static Measured measured(JsonObject json) {
      return json.has(ESTIMATE)
          ? Measured.of(Estimate.read(json.object(ESTIMATE)))
          : Measured.refused(json.text(REFUSAL));
    }
  }

  /** How far a job is. */
  record Progress(long step, long steps) {}
}
