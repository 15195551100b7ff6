package org.trimtab;

import java.util.List;

/**
 * What a model says of a text.
 *
 * @param value the class as the training data write it, or the number
 * @param word what the class is called; of a number the number with three digits
 * @param scores the probability of each of {@link TunedModel#classes}; of a number the number alone
 * @param truncated whether the text was too long, and cut
 */
public record TextPrediction(String value, String word, List<Double> scores, boolean truncated) {}
