package org.trimtab.method.site;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;

/**
 * Sites by name: a target is a point's name ({@code query}, {@code ffn-up}, ...), or, as in Hugging
 * Face PEFT, the end of a module's path ({@code value}, {@code attention.output.dense}).
 *
 * @param key the settings' component that holds the names, for messages
 * @param names the targets
 * @param layers only these; empty: all
 */
public record Targets(String key, List<String> names, List<Integer> layers) {
  private static final Set<Point> LINEARS = Point.of(Role.LINEAR);
  private static final Set<Point> NORMS = Point.of(Role.NORM);
  private static final Set<Point> ALL = Point.of(Role.LINEAR, Role.NORM);

  /**
   * The linear layers that are meant, in the order of a pass; those that are one in Hugging Face's
   * model are one target where its path is meant.
   *
   * @throws Invalid if a name means none
   */
  public List<Target> linears(Backbone backbone) {
    return of(backbone, LINEARS);
  }

  /**
   * The norms that are meant.
   *
   * @throws Invalid if a name means none
   */
  public List<Site> norms(Backbone backbone) {
    return Target.sites(of(backbone, NORMS));
  }

  /**
   * The linear layers and norms that are meant.
   *
   * @throws Invalid if a name means none
   */
  public List<Site> all(Backbone backbone) {
    return Target.sites(of(backbone, ALL));
  }

  /** Every linear layer and norm of the backbone. */
  public static List<Site> withBias(Backbone backbone) {
    return backbone.spec().sites(ALL);
  }

  private List<Target> of(Backbone backbone, Set<Point> points) {
    List<Target> possible = Target.all(backbone.spec().sites(points), backbone);
    requireLayers(backbone);
    for (String name : names) {
      if (possible.stream().noneMatch(target -> means(name, target, backbone))) {
        throw new Invalid(
            key,
            "no site of this backbone is called so; found "
                + name
                + "; allowed "
                + possible.stream().map(t -> name(t.first().point())).distinct().collect(joining())
                + ", or the end of a module's path, such as "
                + possible.get(0).path());
      }
    }
    List<Target> within =
        possible.stream().filter(target -> layers.isEmpty() || inLayers(target.first())).toList();
    List<Target> meant =
        within.stream()
            .filter(target -> names.stream().anyMatch(name -> means(name, target, backbone)))
            .toList();
    if (meant.isEmpty()) {
      throw new Invalid("layers", "hold none of the targets; found " + layers);
    }
    requireEach(within, meant, backbone);
    requireOnce(meant);
    return meant;
  }

  /** A target that no layer has, and a layer without a target, would be named for nothing. */
  private void requireEach(List<Target> within, List<Target> meant, Backbone backbone) {
    for (String name : names) {
      if (within.stream().noneMatch(target -> means(name, target, backbone))) {
        throw new Invalid(key, "none of the layers " + layers + " has it; found " + name);
      }
    }
    for (int layer : layers) {
      if (meant.stream().noneMatch(target -> target.first().layer() == layer)) {
        throw new Invalid("layers", "found " + layer + ", which holds none of the targets");
      }
    }
  }

  /** A part beside its whole would be changed twice. */
  private void requireOnce(List<Target> meant) {
    List<Target> whole = Target.whole(meant);
    meant.stream()
        .filter(target -> !whole.contains(target))
        .findFirst()
        .ifPresent(
            part -> {
              throw new Invalid(
                  key, "found " + part.path() + " and the layer that it is a part of; allowed one");
            });
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(", ");
  }

  private void requireLayers(Backbone backbone) {
    for (int layer : layers) {
      if (layer < 0 || layer >= backbone.spec().layers()) {
        throw new Invalid(
            "layers", "found " + layer + "; allowed 0 to " + (backbone.spec().layers() - 1));
      }
    }
  }

  private boolean inLayers(Site site) {
    return layers.contains(site.layer()) && site.point().inLayer();
  }

  private static boolean means(String name, Target target, Backbone backbone) {
    String path = path(target, backbone);
    boolean point = target.sites().size() == 1 && name.equals(name(target.first().point()));
    return point || path.equals(name) || path.endsWith("." + name);
  }

  /** With the model's prefix, as Hugging Face has it. */
  private static String path(Target target, Backbone backbone) {
    return backbone.prefix() + target.path();
  }

  /** A point as settings write it. */
  public static String name(Point point) {
    return point.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The linear layers whose whole path, with or without the model's prefix, is {@code pattern}.
   *
   * @throws Invalid if it is no pattern, or means none
   */
  public static List<Target> matching(String key, String pattern, Backbone backbone) {
    Pattern regex = compile(key, pattern);
    List<Target> targets =
        Target.all(backbone.spec().sites(LINEARS), backbone).stream()
            .filter(
                target ->
                    regex.matcher(target.path()).matches()
                        || regex.matcher(path(target, backbone)).matches())
            .toList();
    if (targets.isEmpty()) {
      throw new Invalid(key, "matches no linear layer of this backbone; found " + pattern);
    }
    return Target.whole(targets);
  }

  /**
   * The first of {@code patterns} for which {@code ^(.*\\.)?(pattern)$} matches the path of {@code
   * target}, as Hugging Face PEFT reads its rank and alpha patterns.
   */
  public static Optional<String> first(
      String key, Iterable<String> patterns, Target target, Backbone backbone) {
    String path = path(target, backbone);
    for (String pattern : patterns) {
      compile(key, pattern); // refuses what only the parentheses around it would make one
      if (Pattern.compile("^(.*\\.)?(" + pattern + ")$").matcher(path).matches()) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses patterns that are the {@link #first} of none of {@code targets}: what they give would
   * be used nowhere.
   *
   * @throws Invalid for {@code key}
   */
  public static void requireUsed(
      String key, Collection<String> patterns, List<Target> targets, Backbone backbone) {
    Set<String> used =
        targets.stream()
            .flatMap(target -> first(key, patterns, target, backbone).stream())
            .collect(Collectors.toSet());
    for (String pattern : patterns) {
      if (!used.contains(pattern)) {
        boolean hidden =
            targets.stream().anyMatch(t -> first(key, List.of(pattern), t, backbone).isPresent());
        throw new Invalid(
            key,
            (hidden ? "an earlier pattern takes all targets of this one" : "matches no target")
                + "; found "
                + pattern
                + "; allowed the end of a target's path, such as "
                + targets.stream().map(Targets::end).distinct().collect(joining()));
      }
    }
  }

  private static String end(Target target) {
    return target.path().substring(target.path().lastIndexOf('.') + 1);
  }

  private static Pattern compile(String key, String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new Invalid(
          key, "not a regular expression: " + e.getDescription() + "; found " + pattern);
    }
  }
}
