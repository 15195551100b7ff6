package org.trimtab.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.trimtab.base.UserError;
import org.trimtab.jmh.subject.BatchShape;

/** Parameters of benchmarks that measure a batch. */
@State(Scope.Benchmark)
public class BatchChoice {
  static final String RAGGED = "ragged";
  static final String EVEN = "even";

  /** Texts. */
  @Param("16")
  public int batch = 16;

  /** Tokens of the longest text. */
  @Param("64")
  public int length = 64;

  /** {@code ragged}: a quarter of the texts is half as long; {@code even}: none is padded. */
  @Param(RAGGED)
  public String texts = RAGGED;

  BatchShape shape() {
    requireTexts(texts);
    return new BatchShape(batch, length, texts.equals(RAGGED));
  }

  static void requireTexts(String texts) {
    if (!texts.equals(RAGGED) && !texts.equals(EVEN)) {
      throw new UserError("texts: found " + texts + "; allowed " + RAGGED + ", " + EVEN);
    }
  }
}
