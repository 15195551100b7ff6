package org.trimtab.tuning;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.base.UserError;
import org.trimtab.task.Example;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Tokenizer;

/** Turns examples into token ids, each anew or from where they were kept. */
@FunctionalInterface
public interface ExampleEncoder {
  /** Makes each anew. */
  ExampleEncoder PLAIN =
      (examples, tokenizer, encodingSha256, maximumLength) ->
          made(examples, tokenizer, maximumLength);

  /**
   * The choices of each example, in order.
   *
   * @param encodingSha256 of all that determines what {@code tokenizer} gives
   * @param maximumLength tokens of a choice; what is longer is cut
   * @throws UserError if the model can't read an example; the message begins with where it stands
   */
  List<List<Encoding>> encode(
      List<? extends Example<?>> examples,
      Tokenizer tokenizer,
      String encodingSha256,
      int maximumLength);

  private static List<List<Encoding>> made(
      List<? extends Example<?>> examples, Tokenizer tokenizer, int maximumLength) {
    List<List<Encoding>> made = new ArrayList<>();
    for (Example<?> example : examples) {
      try {
        made.add(
            example.choices().stream()
                .map(texts -> tokenizer.encode(texts, maximumLength))
                .toList());
      } catch (UserError e) {
        throw new UserError(example.source() + ": " + e.getMessage(), e);
      }
    }
    return made;
  }
}
