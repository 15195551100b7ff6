package org.trimtab.train.optimizer;

/**
 * What multiplies every learning rate at a step: a linear warm-up from 0, then a shape.
 *
 * @param shape after the warm-up
 * @param warmup steps of it
 * @param total steps of the run
 */
public record Schedule(Shape shape, long warmup, long total) {
  /** How the learning rate goes after the warm-up. */
  public enum Shape {
    CONSTANT,
    /** Down to 0 at the end of the run. */
    LINEAR,
    /** Half a cosine, down to 0 at the end of the run. */
    COSINE
  }

  /**
   * The factor at one step.
   *
   * @param step from 0
   */
  public double factor(long step) {
    if (step < warmup) {
      return (double) step / warmup;
    }
    double progress = (double) (step - warmup) / Math.max(1, total - warmup);
    return switch (shape) {
      case CONSTANT -> 1;
      case LINEAR -> Math.max(0, 1 - progress);
      case COSINE -> progress >= 1 ? 0 : 0.5 * (1 + Math.cos(Math.PI * progress));
    };
  }
}
