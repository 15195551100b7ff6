package org.trimtab.experiments.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.json.JsonObject;

/** Metrics as files hold them: one that is undefined is null. */
final class MetricValues {
  private MetricValues() {}

  static Map<String, Double> json(Map<String, OptionalDouble> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> values.put(name, value.isPresent() ? value.getAsDouble() : null));
    return values;
  }

  static Map<String, OptionalDouble> read(JsonObject metrics) {
    Map<String, OptionalDouble> values = new LinkedHashMap<>();
    metrics.names().forEach(name -> values.put(name, metrics.decimalOrNull(name)));
    return values;
  }
}
