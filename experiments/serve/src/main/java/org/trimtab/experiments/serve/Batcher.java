package org.trimtab.experiments.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.trimtab.experiments.serving.Answer;
import org.trimtab.experiments.serving.BatchPredictor;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.Models;
import org.trimtab.experiments.serving.Row;

/** Rows that wait, and the one thread that opens the models, computes batches and closes them. */
final class Batcher {
  /** As many batches' rows are sorted by length together when they wait already. */
  private static final int SORTED_TOGETHER = 4;

  private static final long LOOK_MILLIS = 100;
  private static final long PATIENCE_MILLIS = 5_000;
  private final Limits limits;
  private final ServeMetrics metrics;
  private final Consumer<Throwable> report;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean stopping;

  private record Waiting(Row row, CompletableFuture<Answer> answer) {}

  private Batcher(Models models, Limits limits, ServeMetrics metrics, Consumer<Throwable> report) {
    this.limits = limits;
    this.metrics = metrics;
    this.report = report;
    this.thread = new Thread(() -> run(models), "predictions");
    thread.setDaemon(true);
  }

  /**
   * Opens the models.
   *
   * @param report told of what failed while computing
   * @throws RuntimeException that opening them threw
   */
  static Batcher start(
      Models models, Limits limits, ServeMetrics metrics, Consumer<Throwable> report) {
    Batcher batcher = new Batcher(models, limits, metrics, report);
    metrics.queueLength(batcher.waiting::get);
    batcher.thread.start();
    try {
      batcher.opened.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    return batcher;
  }

  /**
   * Queues the rows of a request, all or none.
   *
   * @throws Refusal if they find no place, or the server is stopping
   */
  synchronized List<CompletableFuture<Answer>> submit(List<Row> rows) {
    if (stopping) {
      throw stopping();
    }
    int found = waiting.get();
    if (found + rows.size() > limits.queue()) {
      throw new Refusal(
          429,
          "queue: found %d texts waiting, and %d more; allowed %d; try again later"
              .formatted(found, rows.size(), limits.queue()));
    }
    waiting.addAndGet(rows.size());
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (Row row : rows) {
      Waiting one = new Waiting(row, new CompletableFuture<>());
      answers.add(one.answer());
      queue.add(one);
    }
    return answers;
  }

  static Refusal stopping() {
    return new Refusal(503, "the server is stopping");
  }

  boolean isStopping() {
    return stopping;
  }

  /** From here on nothing more is taken. */
  synchronized void stop() {
    stopping = true;
  }

  /** Waits until what was taken has been computed; whether it was, in the time that limits give. */
  boolean await() {
    try {
      thread.join(limits.timeout() + PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  private void run(Models models) {
    try (Models.Open open = models.open()) {
      opened.complete(true);
      while (!stopping || !queue.isEmpty()) {
        collect().forEach(batch -> compute(batch, open));
      }
    } catch (RuntimeException | Error e) {
      if (!opened.completeExceptionally(e)) {
        report.accept(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop();
      queue.forEach(one -> one.answer().completeExceptionally(stopping()));
    }
  }

  /** The next batches, rows of like length together; none if nothing came for a while. */
  private List<List<Waiting>> collect() throws InterruptedException {
    List<Waiting> taken = new ArrayList<>();
    Waiting next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.batchWindow());
    while (next != null) {
      taken.add(next);
      long left = stopping || taken.size() >= limits.batch() ? 0 : end - System.nanoTime();
      boolean more = taken.size() < SORTED_TOGETHER * limits.batch();
      next = more ? queue.poll(Math.max(0, left), TimeUnit.NANOSECONDS) : null;
    }
    waiting.addAndGet(-taken.size());
    taken.removeIf(one -> one.answer().isDone()); // whoever asked has gone
    taken.sort(
        Comparator.comparing((Waiting one) -> one.row().task())
            .thenComparing(one -> one.row().length()));
    List<List<Waiting>> batches = new ArrayList<>();
    for (int from = 0; from < taken.size(); from += limits.batch()) {
      batches.add(taken.subList(from, Math.min(from + limits.batch(), taken.size())));
    }
    return batches;
  }

  private void compute(List<Waiting> collected, BatchPredictor predictor) {
    List<Waiting> batch = collected.stream().filter(one -> !one.answer().isDone()).toList();
    if (!batch.isEmpty()) {
      metrics.batch(batch.size());
      predict(batch, predictor);
    }
  }

  /** Where a batch fails its halves are tried, so that in the end only the faulty rows do. */
  private void predict(List<Waiting> batch, BatchPredictor predictor) {
    int size = batch.size();
    try {
      List<Answer> answers = predictor.predict(batch.stream().map(Waiting::row).toList());
      for (int i = 0; i < size; i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (size == 1) {
        report.accept(e);
        batch.get(0).answer().completeExceptionally(e);
        return;
      }
      predict(batch.subList(0, size / 2), predictor);
      predict(batch.subList(size / 2, size), predictor);
    }
  }
}
