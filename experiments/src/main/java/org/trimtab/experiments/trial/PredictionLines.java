package org.trimtab.experiments.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.head.Prediction;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Task;

/** Predictions with their texts, as {@code predictions.jsonl} has them. */
final class PredictionLines {
  private PredictionLines() {}

  /** A line for each example of {@code split}. */
  static <Y> List<Map<String, Object>> of(
      Task<Y> task, Split<Y> split, List<Prediction<Y>> predictions) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      Example<Y> example = split.examples().get(i);
      Prediction<Y> prediction = predictions.get(i);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("index", i);
      line.put("text", example.text());
      line.putAll(texts(example));
      example.gold().ifPresent(gold -> line.put("gold", task.format(gold)));
      line.put("predicted", task.format(prediction.value()));
      line.put("scores", prediction.scores());
      if (!prediction.trace().isEmpty()) {
        line.put("trace", prediction.trace());
      }
      lines.add(line);
    }
    return lines;
  }

  /** The texts of an example besides its first, its pair or its choices, and what names it. */
  private static Map<String, Object> texts(Example<?> example) {
    Map<String, Object> texts = new LinkedHashMap<>();
    if (example.choices().size() > 1) {
      texts.put("choices", example.choices().stream().flatMap(r -> r.pair().stream()).toList());
    } else {
      example.pair().ifPresent(pair -> texts.put("pair", pair));
    }
    if (!example.origin().idx().isEmpty()) {
      texts.put("idx", example.origin().idx());
    }
    example.origin().candidate().ifPresent(c -> texts.put("candidate", c.text()));
    return texts;
  }
}
