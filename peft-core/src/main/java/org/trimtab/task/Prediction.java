package org.trimtab.task;

import java.util.List;

/**
 * A predicted value.
 *
 * @param value the class, or the number of a regression
 * @param scores the classes' probabilities; of a regression the number itself
 */
public record Prediction<Y>(Y value, List<Double> scores) {}
