package org.trimtab.experiments.serve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.trimtab.base.UserError;
import org.trimtab.experiments.serving.Answer;
import org.trimtab.experiments.serving.Models;
import org.trimtab.experiments.serving.Row;

/** Answers with the text itself when it is let; what begins with "bad" can't be judged. */
final class FakeModels implements Models {
  private final Semaphore passes;
  private final List<List<Row>> batches = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean closed;

  private FakeModels(int passes) {
    this.passes = new Semaphore(passes);
  }

  static FakeModels free() {
    return new FakeModels(1_000_000);
  }

  static FakeModels held() {
    return new FakeModels(0);
  }

  void let() {
    passes.release(1_000_000);
  }

  List<List<Row>> batches() {
    return batches;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public Open open() {
    return new Open() {
      @Override
      public List<Answer> predict(List<Row> rows) {
        batches.add(List.copyOf(rows));
        passes.acquireUninterruptibly();
        return rows.stream().map(FakeModels::answer).toList();
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  private static Answer answer(Row row) {
    if (row.text().startsWith("bad")) {
      throw new UserError("no finite states: " + row.text());
    }
    String text = row.text() + row.pair().map(pair -> "|" + pair).orElse("");
    return new Answer(text, List.of(0.25, 0.75), row.text().startsWith("long"));
  }
}
