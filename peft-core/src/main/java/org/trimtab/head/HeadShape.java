package org.trimtab.head;

/**
 * What a head reads, and how much it says of it.
 *
 * @param hidden H
 * @param spans S, the marked places of each row
 * @param outputs C, the classes; 1 for a regression
 */
public record HeadShape(int hidden, int spans, int outputs) {
  /** (1 + S) H, the width of what {@link Pooling#read} gives. */
  public int width() {
    return (1 + spans) * hidden;
  }
}
