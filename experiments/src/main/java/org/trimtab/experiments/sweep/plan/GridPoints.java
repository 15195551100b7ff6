package org.trimtab.experiments.sweep.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.trimtab.tensor.RandomStreams;

/** The values that a sweep's keys take together. */
public final class GridPoints {
  private GridPoints() {}

  /** All points of a method, in the order of the file. */
  public static List<Map<String, String>> of(SweepConfig sweep, String method) {
    Map<String, List<String>> grid = new LinkedHashMap<>(sweep.grid());
    SweepConfig.MethodSettings own = sweep.perMethod().get(method);
    if (own != null) {
      grid.putAll(own.grid().orElse(Map.of()));
    }
    List<Map<String, String>> points = grid(grid);
    return sweep.search().map(search -> searched(points, draws(search))).orElse(points);
  }

  private static List<Map<String, String>> grid(Map<String, List<String>> grid) {
    List<Map<String, String>> points = new ArrayList<>(List.of(Map.of()));
    for (Map.Entry<String, List<String>> key : grid.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> point : points) {
        key.getValue().forEach(value -> longer.add(with(point, Map.of(key.getKey(), value))));
      }
      points = longer;
    }
    return points;
  }

  private static List<Map<String, String>> searched(
      List<Map<String, String>> points, List<Map<String, String>> draws) {
    List<Map<String, String>> all = new ArrayList<>();
    points.forEach(point -> draws.forEach(draw -> all.add(with(point, draw))));
    return all;
  }

  /** Each key has a stream of its own: a further key moves none of the others' values. */
  private static List<Map<String, String>> draws(SweepConfig.Search search) {
    RandomStreams streams = new RandomStreams(search.seed());
    List<Map<String, String>> draws = new ArrayList<>();
    for (int i = 0; i < search.trials(); i++) {
      draws.add(new LinkedHashMap<>());
    }
    for (Map.Entry<String, Distribution> key : search.space().entrySet()) {
      Random random = streams.stream("search/" + key.getKey());
      draws.forEach(draw -> draw.put(key.getKey(), key.getValue().draw(random)));
    }
    return draws;
  }

  private static Map<String, String> with(Map<String, String> point, Map<String, String> more) {
    Map<String, String> longer = new LinkedHashMap<>(point);
    longer.putAll(more);
    return longer;
  }
}
