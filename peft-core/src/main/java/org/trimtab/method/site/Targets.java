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
   * The linear layers that are meant, in the order of a pass.
   *
   * @throws Invalid if a name means none
   */
  public List<Site> linears(Backbone backbone) {
    return of(backbone, LINEARS);
  }

  /**
   * The norms that are meant.
   *
   * @throws Invalid if a name means none
   */
  public List<Site> norms(Backbone backbone) {
    return of(backbone, NORMS);
  }

  /**
   * The linear layers and norms that are meant.
   *
   * @throws Invalid if a name means none
   */
  public List<Site> all(Backbone backbone) {
    return of(backbone, ALL);
  }

  /** Every linear layer and norm of the backbone. */
  public static List<Site> withBias(Backbone backbone) {
    return backbone.spec().sites(ALL);
  }

  private List<Site> of(Backbone backbone, Set<Point> points) {
    List<Site> possible = backbone.spec().sites(points);
    requireLayers(backbone);
    for (String name : names) {
      if (possible.stream().noneMatch(site -> means(name, site, backbone))) {
        throw new Invalid(
            key,
            "no site of this backbone is called so; found "
                + name
                + "; allowed "
                + possible.stream().map(s -> name(s.point())).distinct().collect(joining())
                + ", or the end of a module's path, such as "
                + backbone.path(possible.get(0)));
      }
    }
    List<Site> within =
        possible.stream().filter(site -> layers.isEmpty() || inLayers(site)).toList();
    List<Site> meant =
        within.stream()
            .filter(site -> names.stream().anyMatch(name -> means(name, site, backbone)))
            .toList();
    if (meant.isEmpty()) {
      throw new Invalid("layers", "hold none of the targets; found " + layers);
    }
    requireEach(within, meant, backbone);
    return meant;
  }

  /** A target that no layer has, and a layer without a target, would be named for nothing. */
  private void requireEach(List<Site> within, List<Site> meant, Backbone backbone) {
    for (String name : names) {
      if (within.stream().noneMatch(site -> means(name, site, backbone))) {
        throw new Invalid(key, "none of the layers " + layers + " has it; found " + name);
      }
    }
    for (int layer : layers) {
      if (meant.stream().noneMatch(site -> site.layer() == layer)) {
        throw new Invalid("layers", "found " + layer + ", which holds none of the targets");
      }
    }
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

  private static boolean means(String name, Site site, Backbone backbone) {
    String path = path(site, backbone);
    return name.equals(name(site.point())) || path.equals(name) || path.endsWith("." + name);
  }

  /** With the model's prefix, as Hugging Face has it. */
  private static String path(Site site, Backbone backbone) {
    return backbone.spec().family() + "." + backbone.path(site);
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
  public static List<Site> matching(String key, String pattern, Backbone backbone) {
    Pattern regex = compile(key, pattern);
    List<Site> sites =
        backbone.spec().sites(LINEARS).stream()
            .filter(
                site ->
                    regex.matcher(backbone.path(site)).matches()
                        || regex.matcher(path(site, backbone)).matches())
            .toList();
    if (sites.isEmpty()) {
      throw new Invalid(key, "matches no linear layer of this backbone; found " + pattern);
    }
    return sites;
  }

  /**
   * The first of {@code patterns} for which {@code ^(.*\\.)?(pattern)$} matches the path of {@code
   * site}, as Hugging Face PEFT reads its rank and alpha patterns.
   */
  public static Optional<String> first(
      String key, Iterable<String> patterns, Site site, Backbone backbone) {
    String path = path(site, backbone);
    for (String pattern : patterns) {
      compile(key, pattern); // refuses what only the parentheses around it would make one
      if (Pattern.compile("^(.*\\.)?(" + pattern + ")$").matcher(path).matches()) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses patterns that are the {@link #first} of none of {@code sites}: what they give would be
   * used nowhere.
   *
   * @throws Invalid for {@code key}
   */
  public static void requireUsed(
      String key, Collection<String> patterns, List<Site> sites, Backbone backbone) {
    Set<String> used =
        sites.stream()
            .flatMap(site -> first(key, patterns, site, backbone).stream())
            .collect(Collectors.toSet());
    for (String pattern : patterns) {
      if (!used.contains(pattern)) {
        boolean hidden =
            sites.stream().anyMatch(s -> first(key, List.of(pattern), s, backbone).isPresent());
        throw new Invalid(
            key,
            (hidden ? "an earlier pattern takes all targets of this one" : "matches no target")
                + "; found "
                + pattern
                + "; allowed the end of a target's path, such as "
                + sites.stream().map(s -> end(s, backbone)).distinct().collect(joining()));
      }
    }
  }

  private static String end(Site site, Backbone backbone) {
    String path = backbone.path(site);
    return path.substring(path.lastIndexOf('.') + 1);
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
