package org.trimtab.peft.file;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.trimtab.architecture.Names;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.json.JsonSettings;
import org.trimtab.peft.PeftSource;

/**
 * What the files of an adapter say.
 *
 * @param models names of modules as models may have them
 */
record ModelSource(JsonSettings settings, TensorNames tensors, List<Names> models)
    implements PeftSource {
  private static final String LAYER = "^(.*\\.)?\\d+\\.";
  private static final Set<Point> MODULES = Point.of(Role.LINEAR, Role.NORM);

  /** Of the models that have the layers that {@code tensors} are of. */
  static ModelSource of(JsonSettings settings, TensorNames tensors, List<Names> models) {
    List<Names> fitting = models.stream().filter(model -> fits(model, tensors)).toList();
    return new ModelSource(settings, tensors, fitting.isEmpty() ? models : fitting);
  }

  private static boolean fits(Names model, TensorNames tensors) {
    boolean same = tensors.prefix().filter(prefix -> !prefix.equals(model.prefix())).isEmpty();
    return same
        && tensors.whole().keySet().stream()
            .filter(name -> name.matches(LAYER + ".*"))
            .allMatch(name -> model.stacks().values().stream().anyMatch(m -> holds(m, name)));
  }

  private static boolean holds(Names.Modules modules, String name) {
    String inLayer = name.replaceFirst(LAYER, "");
    Stream<String> larger = modules.parts().values().stream().map(Names.Part::module);
    return name.startsWith(modules.layers())
        && Stream.concat(modules.points().values().stream(), larger)
            .anyMatch(module -> inLayer.startsWith(module + "."));
  }

  @Override
  public List<String> modulesWith(String ending) {
    return tensors.whole().keySet().stream()
        .filter(name -> name.endsWith(ending))
        .map(name -> name.substring(0, name.length() - ending.length()))
        .sorted()
        .toList();
  }

  @Override
  public Set<Point> points(String name) {
    String inLayer = name.replaceFirst(LAYER, "");
    boolean whole = !inLayer.equals(name); // what stands after the layer is the rest of the path
    Set<Point> points = EnumSet.noneOf(Point.class);
    models.stream()
        .map(Names::stacks)
        .map(Map::values)
        .flatMap(Collection::stream)
        .map(Names.Modules::points)
        .forEach(
            modules ->
                modules.forEach(
                    (point, path) -> {
                      boolean end = !whole && path.endsWith("." + inLayer);
                      if (MODULES.contains(point) && (end || path.equals(inLayer))) {
                        points.add(point);
                      }
                    }));
    return points;
  }

  @Override
  public boolean transposed() {
    return models.stream()
        .flatMap(model -> model.stacks().values().stream())
        .allMatch(Names.Modules::transposed);
  }

  @Override
  public List<String> layersCalled() {
    return models.stream()
        .map(Names::stacks)
        .map(Map::values)
        .flatMap(Collection::stream)
        .map(modules -> modules.layers().replaceFirst("\\.$", "").replaceFirst("^.*\\.", ""))
        .distinct()
        .toList();
  }
}
