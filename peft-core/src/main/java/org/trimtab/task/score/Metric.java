package org.trimtab.task.score;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.trimtab.base.Better;

/**
 * One metric.
 *
 * @param better which of its values are
 * @param rate whether all of them lie in [-1, 1], as those of a share or a correlation do
 * @param value of judged examples; NaN where it is undefined
 */
public record Metric<Y>(Better better, boolean rate, ToDoubleFunction<List<Judged<Y>>> value) {}
