package org.trimtab.method.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.backbone.Point;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;

/** The linear layers that the adapters library's configurations of LoRA and IA3 name. */
public final class HubTargets {
  /** Whether what is trained is added to the layers' outputs, or scales them. */
  public static final String COMPOSITION = "composition_mode";

  public static final String ADD = "add";
  public static final String SCALE = "scale";

  private static final String ATTENTION = "selfattn_lora";
  private static final String MATRICES = "attn_matrices";

  /** The letters of {@link #MATRICES}. */
  private static final Map<String, Point> LETTERS =
      ordered(
          List.of(
              Map.entry("q", Point.QUERY), Map.entry("k", Point.KEY), Map.entry("v", Point.VALUE)));

  private static final Map<String, Point> OTHERS =
      ordered(
          List.of(
              Map.entry("intermediate_lora", Point.FFN_UP),
              Map.entry("output_lora", Point.FFN_DOWN)));

  private HubTargets() {}

  private static Map<String, Point> ordered(List<Map.Entry<String, Point>> entries) {
    Map<String, Point> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }

  /** As our settings name one. */
  public static String yaml(Point point) {
    return Targets.name(point);
  }

  /**
   * The points that {@code settings} mean, at least one.
   *
   * @throws org.trimtab.base.UserError for a letter that means none
   */
  public static List<Point> read(JsonSettings settings) {
    List<Point> points = new ArrayList<>();
    settings.known(MATRICES);
    if (settings.truth(ATTENTION)) {
      for (String letter : settings.texts(MATRICES)) {
        Point point = LETTERS.get(letter);
        if (point == null) {
          throw settings.wrong(
              MATRICES, "found " + letter + "; allowed " + String.join(", ", LETTERS.keySet()));
        }
        points.add(point);
      }
    }
    OTHERS.forEach(
        (key, point) -> {
          if (settings.truth(key)) {
            points.add(point);
          }
        });
    if (points.isEmpty()) {
      throw settings.wrong(ATTENTION, "found no layer with an update; allowed one at least");
    }
    return points;
  }

  /**
   * The library's keys for {@code points}.
   *
   * @param key of our settings, for messages
   * @throws Invalid for {@code key}, if the library has no key for one
   */
  public static Map<String, Object> write(String key, Set<Point> points) {
    List<Point> known = Stream.of(LETTERS, OTHERS).flatMap(map -> map.values().stream()).toList();
    for (Point point : points) {
      if (!known.contains(point)) {
        throw new Invalid(
            key,
            "the adapters library has no key for "
                + yaml(point)
                + "; allowed "
                + known.stream().map(HubTargets::yaml).collect(Collectors.joining(", ")));
      }
    }
    List<String> letters =
        LETTERS.entrySet().stream()
            .filter(letter -> points.contains(letter.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(ATTENTION, !letters.isEmpty());
    json.put(MATRICES, letters);
    OTHERS.forEach((other, point) -> json.put(other, points.contains(point)));
    return json;
  }
}
