package org.trimtab.bank;

import java.util.List;
import org.trimtab.tokenizer.Encoding;

/**
 * An example, and which adapter of a bank it is for.
 *
 * @param adapter its name
 * @param example the example's choices; one where it is a text or a pair
 */
public record Request(String adapter, List<Encoding> example) {
  public Request {
    example = List.copyOf(example);
  }

  /** A text, or a pair. */
  public Request(String adapter, Encoding text) {
    this(adapter, List.of(text));
  }
}
