package org.trimtab.experiments.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A curve of characters. */
public final class LearningCurve {
  private static final int LABEL = 9;
  private final int width;
  private final int height;

  /** Curves of {@code width} columns and {@code height} lines, without axes. */
  public LearningCurve(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** A value at a step. */
  public record Point(long step, double value) {}

  /**
   * The lines of a plot. A column shows the mean of its points.
   *
   * @param points by step, at least one; those that are not finite are left out
   */
  public List<String> lines(String title, List<Point> points) {
    List<Point> finite = points.stream().filter(p -> Double.isFinite(p.value())).toList();
    if (finite.isEmpty()) {
      return List.of(title + ": no value yet");
    }
    long last = Math.max(1, finite.get(finite.size() - 1).step());
    double[] columns = columns(finite, last);
    double low = Arrays.stream(columns).filter(Double::isFinite).min().orElse(0);
    double high = Arrays.stream(columns).filter(Double::isFinite).max().orElse(0);
    List<String> lines = new ArrayList<>(List.of(title));
    for (int row = height - 1; row >= 0; row--) {
      boolean labelled = row == 0 || row == height - 1;
      double value = row == 0 ? low : high;
      String label = labelled ? String.format(Locale.ROOT, "%.4f", value) : "";
      lines.add(
          String.format(Locale.ROOT, "%" + LABEL + "s |", label)
              + row(columns, row, low, high).stripTrailing());
    }
    lines.add(" ".repeat(LABEL) + " +" + "-".repeat(width));
    String end = Long.toString(last);
    lines.add(" ".repeat(LABEL) + "  1" + " ".repeat(width - 1 - end.length()) + end);
    return lines;
  }

  private double[] columns(List<Point> points, long last) {
    double[] sums = new double[width];
    int[] counts = new int[width];
    for (Point point : points) {
      int column = (int) Math.min(width - 1, (point.step() - 1) * width / last);
      sums[Math.max(0, column)] += point.value();
      counts[Math.max(0, column)]++;
    }
    double[] means = new double[width];
    Arrays.setAll(means, i -> counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
    return means;
  }

  private String row(double[] columns, int row, double low, double high) {
    StringBuilder line = new StringBuilder();
    for (double value : columns) {
      long at = high > low ? Math.round((value - low) / (high - low) * (height - 1)) : 0;
      line.append(Double.isFinite(value) && at == row ? '*' : ' ');
    }
    return line.toString();
  }
}
