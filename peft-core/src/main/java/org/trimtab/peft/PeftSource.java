package org.trimtab.peft;

import java.util.List;
import java.util.Set;
import org.trimtab.backbone.Point;
import org.trimtab.json.JsonSettings;

/** What an adapter's files say, before there is a backbone. */
public interface PeftSource {
  /** {@code adapter_config.json}. */
  JsonSettings settings();

  /**
   * The paths of the modules, without the model's prefix, that have a tensor whose name ends in
   * {@code ending}, such as {@code .lora_A.weight}.
   */
  List<String> modulesWith(String ending);

  /** The linear layers and norms whose module's path ends in {@code name}, in whatever layer. */
  Set<Point> points(String name);

  /** Whether the model's own files hold matrices (in, out): adapters say so and are the same. */
  boolean transposed();

  /** What the list of layers is called in a module's path, such as {@code layer}. */
  List<String> layersCalled();

  /**
   * The modules that {@code target_modules} means: itself where it is a list and stands alone; else
   * those that have a tensor in the file, each by its whole path.
   */
  default List<String> targets(String ending) {
    JsonSettings settings = settings();
    settings.known("target_modules", "exclude_modules");
    boolean asTheyStand = settings.isList("target_modules") && !settings.isSet("exclude_modules");
    List<String> names =
        asTheyStand
            ? settings.texts("target_modules").stream().filter(name -> !onlyOfHead(name)).toList()
            : modulesWith(ending);
    if (names.isEmpty()) {
      throw settings.wrong("target_modules", "means no module that has a tensor");
    }
    return names;
  }

  private boolean onlyOfHead(String name) {
    return ModuleNames.isOfHead(name) && points(name).isEmpty();
  }
}
