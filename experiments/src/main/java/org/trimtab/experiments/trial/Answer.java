package org.trimtab.experiments.trial;

import org.trimtab.task.BenchmarkIds;

/**
 * What a saved model says of an example of its task's own data.
 *
 * @param source the file and line of the example
 * @param value as the task's files write it
 */
public record Answer(String source, BenchmarkIds origin, String value) {}
