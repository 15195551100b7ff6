package org.trimtab.experiments.serve;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntSupplier;
import org.trimtab.experiments.serving.ServedTask;

/** What Prometheus is told of a server. */
final class ServeMetrics {
  private static final double[] LATENCIES = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64, 128};
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter requests =
      Counter.builder()
          .name("trimtab_requests_total")
          .help("Requests, by path, task (empty where none is known) and status.")
          .labelNames("path", "task", "status")
          .register(registry);
  private final Histogram latency =
      Histogram.builder()
          .name("trimtab_predict_seconds")
          .help("Seconds from a request to its answer.")
          .labelNames("task")
          .classicOnly()
          .classicUpperBounds(LATENCIES)
          .register(registry);
  private final Histogram batches =
      Histogram.builder()
          .name("trimtab_batch_texts")
          .help("Texts that were computed together.")
          .classicOnly()
          .classicUpperBounds(BATCHES)
          .register(registry);
  private final Counter truncated =
      Counter.builder()
          .name("trimtab_truncated_texts_total")
          .help("Texts that were too long and lost tokens.")
          .labelNames("task")
          .register(registry);
  private final Counter failed =
      Counter.builder()
          .name("trimtab_failed_texts_total")
          .help("Texts that the model could not judge.")
          .labelNames("task")
          .register(registry);

  /** Counts from 0 for each of {@code tasks}, so that what never happened is seen as such. */
  ServeMetrics(List<ServedTask> tasks) {
    for (ServedTask task : tasks) {
      latency.initLabelValues(task.name());
      truncated.initLabelValues(task.name());
      failed.initLabelValues(task.name());
    }
  }

  void queueLength(IntSupplier length) {
    GaugeWithCallback.builder()
        .name("trimtab_queue_texts")
        .help("Texts that wait.")
        .callback(told -> told.call(length.getAsInt()))
        .register(registry);
  }

  /**
   * @param path a known one, or {@code other}
   * @param task a known one, or empty
   */
  void request(String path, String task, int status) {
    requests.labelValues(path, task, Integer.toString(status)).inc();
  }

  void latency(String task, double seconds) {
    latency.labelValues(task).observe(seconds);
  }

  void batch(int texts) {
    batches.observe(texts);
  }

  void truncated(String task) {
    truncated.labelValues(task).inc();
  }

  void failed(String task) {
    failed.labelValues(task).inc();
  }

  String contentType() {
    return writer.getContentType();
  }

  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
