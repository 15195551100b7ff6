package org.trimtab.methods.ia3;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.peft.ModuleNames;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftSource;
import org.trimtab.peft.PeftTensor;

/**
 * IA3 as PEFT's files have it: a vector belongs to a linear layer, and scales what leaves it or, in
 * {@code feedforward_modules}, what enters it.
 */
final class Ia3Form implements PeftForm<Ia3Config> {
  private static final String VECTOR = ".ia3_l";
  private static final String FEEDFORWARD = "feedforward_modules";

  @Override
  public String type() {
    return "IA3";
  }

  @Override
  public boolean besideModel() {
    return false;
  }

  @Override
  public Optional<Ia3Config> read(PeftSource source) {
    JsonSettings settings = source.settings();
    if (source.transposed()) {
      settings.known("fan_in_fan_out");
    }
    settings.known("init_ia3_weights", FEEDFORWARD);
    if (settings.isSet(FEEDFORWARD) && !settings.isList(FEEDFORWARD)) {
      throw settings.wrong(FEEDFORWARD, "found a pattern; allowed a list of modules");
    }
    Set<Point> entered = EnumSet.noneOf(Point.class);
    settings.texts(FEEDFORWARD).forEach(name -> entered.addAll(source.points(name)));
    Set<Point> scaled = EnumSet.noneOf(Point.class);
    for (String target : source.targets(VECTOR)) {
      Set<Point> points = source.points(target);
      if (points.isEmpty()) {
        throw settings.wrong("target_modules", "no linear layer is called so; found " + target);
      }
      points.forEach(p -> scaled.add(entered.contains(p) ? inside(p, settings) : p));
    }
    return Optional.of(new Ia3Config(List.copyOf(scaled)));
  }

  private static Point inside(Point projection, JsonSettings settings) {
    return Stream.of(Point.ATTENTION_INNER, Point.FFN_INNER)
        .filter(inner -> Ia3.entered(inner).equals(Optional.of(projection)))
        .findFirst()
        .orElseThrow(
            () ->
                settings.wrong(
                    FEEDFORWARD,
                    "found "
                        + String.join(", ", settings.texts(FEEDFORWARD))
                        + "; allowed output projections, such as output.dense"));
  }

  @Override
  public Map<String, Object> write(Ia3Config config, Backbone backbone) {
    List<Site> leaving = new ArrayList<>();
    List<Site> entering = new ArrayList<>();
    for (Site site : backbone.spec().sites(EnumSet.copyOf(config.scaled()))) {
      Ia3.entered(site.point())
          .ifPresentOrElse(next -> entering.add(site.beside(next)), () -> leaving.add(site));
    }
    if (leaving.stream().anyMatch(entering::contains)) {
      throw new Invalid(
          "scaled",
          "PEFT scales what enters a projection or what leaves it; found both; allowed one");
    }
    List<String> feedforward = ModuleNames.of(entering, backbone);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "target_modules",
        Stream.concat(ModuleNames.of(leaving, backbone).stream(), feedforward.stream())
            .sorted()
            .toList());
    json.put(FEEDFORWARD, feedforward);
    json.put("fan_in_fan_out", false);
    json.put("init_ia3_weights", true);
    return json;
  }

  @Override
  public Map<String, PeftTensor> tensors(Map<String, long[]> parameters, Backbone backbone) {
    Map<String, String> entered = new LinkedHashMap<>();
    for (Site site : backbone.spec().sites(EnumSet.of(Point.ATTENTION_INNER, Point.FFN_INNER))) {
      Site next = site.beside(Ia3.entered(site.point()).orElseThrow());
      entered.put(backbone.path(site) + VECTOR, backbone.path(next) + VECTOR);
    }
    Map<String, PeftTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) ->
            tensors.put(
                name,
                entered.containsKey(name)
                    ? new PeftTensor(entered.getOrDefault(name, name), 1, shape[0])
                    : new PeftTensor(name, shape[0], 1)));
    return tensors;
  }
}
