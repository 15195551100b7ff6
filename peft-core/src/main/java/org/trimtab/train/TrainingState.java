package org.trimtab.train;

import java.util.List;
import java.util.Map;
import org.trimtab.tensor.HostTensor;
import org.trimtab.train.optimizer.Optimizer;

/**
 * A training between two updates: all that another process needs to go on, bit for bit.
 *
 * <p>Random streams are not among it: each is named by its purpose and the epoch or step, so that
 * the position is enough.
 *
 * @param step updates made
 * @param epoch from 0
 * @param update of the epoch that comes next, from 0
 * @param best the best value of the metric that counts; negative infinity before an evaluation
 * @param bestStep after which it stood
 * @param evaluationsWithoutBetter since then
 * @param warnings what the guards saw
 * @param values of the parameters, in their order
 * @param bestValues those of {@code bestStep}; empty where only the last state counts
 * @param optimizer what it remembers, see {@link Optimizer#state()}
 */
public record TrainingState(
    long step,
    int epoch,
    int update,
    double best,
    long bestStep,
    int evaluationsWithoutBetter,
    List<String> warnings,
    List<double[]> values,
    List<double[]> bestValues,
    Map<String, HostTensor> optimizer) {}
