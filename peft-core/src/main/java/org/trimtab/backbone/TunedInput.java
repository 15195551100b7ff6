package org.trimtab.backbone;

import java.util.Set;

/**
 * An input with what is added to its pass.
 *
 * @param input a batch of token sequences
 * @param contribution to their rows alone
 * @param reads which rows of the states are asked for; others may be missing
 */
public record TunedInput(Input input, Contribution contribution, Set<ReadRows> reads) {
  public TunedInput {
    reads = Set.copyOf(reads);
  }

  /** An input of whose states all rows are asked for. */
  public TunedInput(Input input, Contribution contribution) {
    this(input, contribution, Set.of(ReadRows.ALL));
  }
}
