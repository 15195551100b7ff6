package org.trimtab.peft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;

/** Modules as PEFT's {@code target_modules} names them: by ends of their paths. */
public final class ModuleNames {
  /** The head's own linear layers, which an end such as {@code dense} would mean too. */
  private static final List<String> OF_HEADS =
      List.of(
          "classifier",
          "classifier.dense",
          "classifier.out_proj",
          "pre_classifier",
          "head.dense",
          "score");

  private ModuleNames() {}

  /** Whether {@code name} means a layer of a head, which is saved whole whatever targets say. */
  static boolean isOfHead(String name) {
    return OF_HEADS.stream().anyMatch(path -> means(name, path));
  }

  /** The shortest ends of paths that mean all of {@code sites} and no other module. */
  public static List<String> of(Collection<Site> sites, Backbone backbone) {
    return ofPaths(sites.stream().map(backbone::path).toList(), backbone);
  }

  /** The same of modules at {@code paths}, which may be several sites in one. */
  public static List<String> ofPaths(Collection<String> paths, Backbone backbone) {
    Set<String> wanted = new LinkedHashSet<>();
    paths.forEach(path -> wanted.add(backbone.prefix() + path));
    List<String> all = new ArrayList<>(OF_HEADS);
    all.addAll(modules(backbone));
    List<String> names = new ArrayList<>();
    for (String path : wanted) {
      if (names.stream().noneMatch(name -> means(name, path))) {
        names.add(shortest(path, wanted, all));
      }
    }
    return names.stream().sorted().toList();
  }

  /** Every linear layer and norm, by its whole path. */
  private static List<String> modules(Backbone backbone) {
    Map<String, List<Site>> fused = backbone.fused();
    Stream<String> single =
        backbone.spec().sites(Point.of(Role.LINEAR, Role.NORM)).stream()
            .filter(site -> fused.values().stream().noneMatch(parts -> parts.contains(site)))
            .map(backbone::path);
    return Stream.concat(single, fused.keySet().stream())
        .map(path -> backbone.prefix() + path)
        .toList();
  }

  /** What stands before the layer's number in {@code path}: what the list of layers is called. */
  public static String beforeLayer(String path) {
    return path.replaceFirst("\\.\\d+\\..*$", "").replaceFirst("^.*\\.", "");
  }

  private static String shortest(String path, Set<String> wanted, List<String> all) {
    return Stream.iterate(path.lastIndexOf('.'), i -> i >= 0, i -> path.lastIndexOf('.', i - 1))
        .map(dot -> path.substring(dot + 1))
        .filter(name -> all.stream().filter(p -> means(name, p)).allMatch(wanted::contains))
        .findFirst()
        .orElse(path);
  }

  private static boolean means(String name, String path) {
    return path.equals(name) || path.endsWith("." + name);
  }
}
