package org.trimtab.head;

import java.util.Set;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.ReadRows;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The layers of a task on top of a backbone; they always train. */
public interface Head {
  Params params();

  /** Which rows of the last layer's states {@link #scores} depends on. */
  Set<ReadRows> reads();

  /** One score for each class, or the one value of a regression: (B, C). */
  Tensor scores(Hidden hidden, Dropout dropout);
}
