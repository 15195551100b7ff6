package org.trimtab.jmh.subject;

import java.util.Arrays;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Rows;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** Prompt rows before a text without padding. */
final class FixedRows implements Rows {
  private final int promptRows;
  private final Tensor mask;
  private final Tensor textMask;

  FixedRows(Tensors tensors, int batch, int length, int promptRows) {
    this.promptRows = promptRows;
    int rows = promptRows + length;
    double[] ones = new double[batch * rows];
    Arrays.fill(ones, 1);
    mask = tensors.of(ones, batch, rows);
    for (int i = 0; i < batch; i++) {
      Arrays.fill(ones, i * rows, i * rows + promptRows, 0);
    }
    textMask = tensors.of(ones, batch, rows);
  }

  @Override
  public Tensor mask() {
    return mask;
  }

  @Override
  public Tensor textMask() {
    return textMask;
  }

  @Override
  public Tensor place(Prompt prompt, Tensor rows) {
    Tensor text = rows.rows(0, 1).mul(0).mul(textMask.view(0, -1, 1));
    return rows.followedBy(text.rowsFrom(promptRows));
  }

  @Override
  public Tensor joinWeights(Tensor ofText) {
    throw new UnsupportedOperationException("no text of a benchmark marks places");
  }

  @Override
  public Tensor cls(Tensor x) {
    return x.rows(promptRows, promptRows + 1L);
  }
}
