package org.trimtab.batch;

import java.util.Arrays;
import java.util.List;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Input;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.Encoding;

/**
 * Examples of about the same length, padded to the longest.
 *
 * @param indices where the examples stand in their split
 * @param examples the choices of each
 * @param width T, to which they are padded
 */
public record Batch(List<Integer> indices, List<List<Encoding>> examples, int width) {
  /** Padded to the longest. */
  public Batch(List<Integer> indices, List<List<Encoding>> examples) {
    this(indices, examples, longest(examples));
  }

  /** One text alone. */
  public static Batch of(Encoding text) {
    return new Batch(List.of(0), List.of(List.of(text)));
  }

  private static int longest(List<List<Encoding>> examples) {
    return examples.stream().mapToInt(Batch::width).max().orElseThrow();
  }

  /** The tokens of an example's longest choice. */
  static int width(List<Encoding> example) {
    return example.stream().mapToInt(Encoding::length).max().orElseThrow();
  }

  /** How many examples. */
  public int size() {
    return examples.size();
  }

  /** S, the most marked places that a choice has. */
  public int spans() {
    return choices().stream().mapToInt(text -> text.spans().size()).max().orElse(0);
  }

  /** Those of all examples, B K, each example's together. */
  public List<Encoding> choices() {
    return examples.stream().flatMap(List::stream).toList();
  }

  /** What the {@link #choices} are encodings of. */
  public List<String> texts() {
    return choices().stream().map(Encoding::text).toList();
  }

  /** What {@code backbone} reads, padded with the token that it was trained with. */
  public Input input(Backbone backbone) {
    return input(backbone.tensors(), backbone.spec().padding());
  }

  /**
   * Ids, segments and mask (B K, T), and spans. Padding is of segment 0; the mask hides it.
   *
   * @param padding its token
   */
  public Input input(Tensors tensors, int padding) {
    List<Encoding> choices = choices();
    int count = choices.size();
    long[] ids = new long[count * width];
    long[] segments = new long[count * width];
    double[] mask = new double[count * width];
    for (int choice = 0; choice < count; choice++) {
      Encoding text = choices.get(choice);
      int from = choice * width;
      System.arraycopy(text.ids(), 0, ids, from, text.length());
      Arrays.fill(ids, from + text.length(), from + width, padding);
      System.arraycopy(text.types(), 0, segments, from, text.length());
      Arrays.fill(mask, from, from + text.length(), 1);
    }
    return new Input(
        tensors.of(ids, count, width),
        tensors.of(segments, count, width),
        tensors.of(mask, count, width),
        choices.stream().map(Encoding::text).toList(),
        SpanWeights.of(choices.stream().map(Encoding::spans).toList(), width, tensors));
  }
}
