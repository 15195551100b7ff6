package org.trimtab.experiments.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.json.Json;

/** The short table of a finished trial. */
final class ResultTable {
  private ResultTable() {}

  static void print(RunFolder folder, PrintWriter out) {
    JsonNode result = Json.read(folder.result());
    String main = result.path("score_metric").asText();
    long trainable = result.path("trainable_parameters").asLong();
    long total = result.path("total_parameters").asLong();
    row(out, "task", result.path("task").asText() + ", seed " + result.path("seed").asLong());
    result
        .path("metrics")
        .properties()
        .forEach(
            e -> {
              String baseline =
                  e.getKey().equals(main)
                      ? "   (majority baseline " + number(result.path("baseline")) + ")"
                      : "";
              row(out, "dev " + e.getKey(), number(e.getValue()) + baseline);
            });
    row(
        out,
        "trainable",
        String.format(
            Locale.ROOT,
            "%,d of %,d parameters (%.2f %%)",
            trainable,
            total,
            100.0 * trainable / total));
    row(out, "time", String.format(Locale.ROOT, "%.1f s", result.path("seconds").asDouble()));
    row(out, "peak memory", result.path("peak_memory_mib").asText() + " MiB");
    data(result, out);
    result.path("warnings").forEach(warning -> row(out, "warning", warning.asText()));
    row(out, "run", folder.path().toString());
    out.flush();
  }

  private static void data(JsonNode result, PrintWriter out) {
    result
        .path("data")
        .properties()
        .forEach(
            e -> {
              JsonNode split = e.getValue();
              row(
                  out,
                  e.getKey(),
                  String.format(
                      Locale.ROOT,
                      "%,d rows of %s%s",
                      split.path("rows").asLong(),
                      split.path("file").asText(),
                      split.path("subset").asBoolean() ? ", a subset of the official split" : ""));
            });
    if (result.path("truncated").asLong() > 0) {
      row(out, "truncated", result.path("truncated").asLong() + " texts");
    }
  }

  static String number(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.4f", value.getAsDouble())
        : "undefined";
  }

  private static String number(JsonNode value) {
    return number(value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty());
  }

  private static void row(PrintWriter out, String name, String value) {
    out.println(String.format(Locale.ROOT, "%-26s %s", name, value));
  }
}
