package org.trimtab.experiments.track.mlflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;

/**
 * Values on their way to a server. Whoever puts one in never waits; a thread of its own sends them
 * in batches, in their order, and tries again for as long as the server fails. The outbox holds a
 * bounded number of values: what comes once it is full is lost, and counted.
 */
final class MlflowOutbox {
  /** Longer waits for more values would let the server's page lag; shorter ones make more calls. */
  private static final long GATHER_MILLIS = 1000;

  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private final MlflowSession session;
  private final int capacity;
  private final long patienceMillis;
  private final Deque<MlflowServer.Metric> waiting = new ArrayDeque<>();
  private final List<String> notes = new ArrayList<>();
  private final Thread thread = new Thread(this::work, "mlflow");
  private Optional<String> trouble = Optional.empty();
  private Optional<String> ending = Optional.empty();
  private boolean done;
  private long lost;
  private long sent;

  /**
   * An outbox that begins to send.
   *
   * @param capacity values that it holds at most
   * @param patienceMillis that {@link #end} takes at most
   */
  MlflowOutbox(MlflowSession session, int capacity, long patienceMillis) {
    this.session = session;
    this.capacity = capacity;
    this.patienceMillis = patienceMillis;
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void add(List<MlflowServer.Metric> metrics) {
    int room = Math.min(metrics.size(), capacity - waiting.size());
    waiting.addAll(metrics.subList(0, room));
    lost += metrics.size() - room;
  }

  /** What there is to say since it was last asked. */
  synchronized List<String> notes() {
    List<String> all = List.copyOf(notes);
    notes.clear();
    return all;
  }

  private synchronized void note(String text) {
    notes.add("mlflow: " + text);
  }

  private void work() {
    try {
      if (!attempt(() -> session.open(this::note))) {
        return;
      }
      for (List<MlflowServer.Metric> batch = next(); !batch.isEmpty(); batch = next()) {
        send(batch);
      }
      String status = ending();
      attempt(() -> session.end(status));
      finished();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end came first
    }
  }

  /** The next values, which stay until they are sent; none where the end has come. */
  private synchronized List<MlflowServer.Metric> next() throws InterruptedException {
    long until = System.nanoTime() + GATHER_MILLIS * 1_000_000;
    while (ending.isEmpty()
        && waiting.size() < MlflowServer.MOST_METRICS
        && (waiting.isEmpty() || System.nanoTime() < until)) {
      wait(GATHER_MILLIS);
    }
    return waiting.stream().limit(MlflowServer.MOST_METRICS).toList();
  }

  private void send(List<MlflowServer.Metric> batch) throws InterruptedException {
    boolean taken = attempt(() -> session.log(batch));
    synchronized (this) {
      batch.forEach(metric -> waiting.remove());
      if (taken) {
        sent += batch.size();
      } else {
        lost += batch.size();
      }
    }
  }

  private synchronized String ending() {
    return ending.orElseThrow();
  }

  private synchronized void finished() {
    done = true;
  }

  /** A call of the server. */
  private interface Call {
    void make() throws MlflowFailure;
  }

  /** Makes a call until it succeeds; false if it never will. */
  private boolean attempt(Call call) throws InterruptedException {
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
      try {
        call.make();
        return true;
      } catch (MlflowFailure e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        troubled(String.valueOf(e.getMessage()), e.lasting());
        if (e.lasting()) {
          return false;
        }
        pause(pause);
      } catch (UserError e) { // an answer without what it should hold, or a folder without room
        troubled(String.valueOf(e.getMessage()), true);
        return false;
      }
    }
  }

  /** The first trouble is told at once, and what became of it at the end. */
  private synchronized void troubled(String message, boolean lasting) {
    if (trouble.isEmpty()) {
      String values = lasting ? "values are lost there" : "values are kept and sent later";
      note(message + "; the training goes on, " + values);
    }
    trouble = Optional.of(message);
  }

  /** The end cuts pauses short: a server that is back by then gets what is left. */
  private synchronized void pause(long millis) throws InterruptedException {
    boolean ended = ending.isPresent();
    long nanos = 1_000_000 * (ended ? FIRST_PAUSE_MILLIS : millis);
    long until = System.nanoTime() + nanos;
    for (long left = nanos;
        left > 0 && ending.isPresent() == ended;
        left = until - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }

  /** Sends what is left, as long as its patience lasts, and says what wasn't sent. */
  void end(String status) {
    synchronized (this) {
      ending = Optional.of(status);
      notifyAll();
    }
    try {
      thread.join(patienceMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    sum();
  }

  private synchronized void sum() {
    long missing = lost + waiting.size();
    if (missing > 0 || !done) {
      note(
          missing
              + " of "
              + (missing + sent)
              + " values were not sent"
              + (done ? "" : ", nor how the run ended")
              + trouble.map(message -> ": " + message).orElse(": the server is too slow"));
    } else if (trouble.isPresent()) {
      note("all " + sent + " values were sent");
    }
  }
}
