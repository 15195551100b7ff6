package org.trimtab.backbone;

/**
 * One place of a backbone that a contribution can add to.
 *
 * @param layer from 0; 0 for what lies outside the layers
 */
public record Site(Stack stack, int layer, Point point) {
  /** Another point of the same layer. */
  public Site beside(Point other) {
    return new Site(stack, layer, other);
  }
}
