package org.trimtab.experiments.track;

import java.util.Optional;
import java.util.function.Consumer;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.experiments.runs.RunFolder;

/**
 * What a tracker is told of a run.
 *
 * @param task its name
 * @param sweep that it is a trial of
 * @param notes takes what a person should know of the tracking, on the thread of the training; no
 *     file has it
 */
public record TrackedRun(
    RunFolder folder,
    Provenance provenance,
    String task,
    Optional<String> sweep,
    Consumer<String> notes) {}
