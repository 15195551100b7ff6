package org.trimtab.experiments.serving;

import java.util.List;

/**
 * What a saved model says of a row.
 *
 * @param label as the task's files write it; of a regression the number with three digits
 * @param scores a probability for each of the task's labels; of a regression the number itself
 * @param truncated whether the row lost tokens
 */
public record Answer(String label, List<Double> scores, boolean truncated) {}
