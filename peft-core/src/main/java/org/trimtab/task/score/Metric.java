package org.trimtab.task.score;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.trimtab.base.Better;

/**
 * One metric.
 *
 * @param better which of its values are
 * @param value of judged examples; NaN where it is undefined
 */
public record Metric<Y>(Better better, ToDoubleFunction<List<Judged<Y>>> value) {}
