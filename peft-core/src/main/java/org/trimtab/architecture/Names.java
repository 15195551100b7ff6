package org.trimtab.architecture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;

/**
 * Hugging Face's names of a model's modules and tensors, without the model's prefix.
 *
 * @param stacks the modules of each
 * @param words the table of tokens
 * @param positions the table of positions
 * @param segments the table of segments
 * @param output the matrix that predicts words, where it isn't the table of tokens
 * @param relative the table of relative positions, and what is made of it
 * @param prefix the model's own, with its dot, as models with a head have it before all of these
 */
public record Names(
    Map<Stack, Modules> stacks,
    String words,
    Optional<String> positions,
    Optional<String> segments,
    Optional<String> output,
    Optional<Relative> relative,
    String prefix) {
  public Names {
    stacks = Map.copyOf(stacks);
  }

  /** Names of a model without a table of relative positions, and without a prefix. */
  public Names(
      Map<Stack, Modules> stacks,
      String words,
      Optional<String> positions,
      Optional<String> segments,
      Optional<String> output) {
    this(stacks, words, positions, segments, output, Optional.empty(), "");
  }

  /** The same of a model whose prefix is {@code own}. */
  public Names under(String own) {
    return new Names(stacks, words, positions, segments, output, relative, own);
  }

  /**
   * What relative positions are looked up in.
   *
   * @param table of 2 N rows, N to either side
   * @param norm over its rows
   * @param own in each layer, the layers that make keys and queries of its rows, by the points
   *     whose layers do so where these have none
   */
  public record Relative(String table, Optional<String> norm, Map<Point, String> own) {
    public Relative {
      own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
    }
  }

  /**
   * The modules of one stack.
   *
   * @param layers what stands before a layer's number, with its dot
   * @param points by point, in the order of Hugging Face's modules; made-up ones where there is no
   *     module
   * @param parts linear layers that are parts of a larger matrix in files
   * @param transposed whether files hold matrices (in, out)
   * @param ignored ends of names of tensors in layers that are no weights
   */
  public record Modules(
      String layers,
      Map<Point, String> points,
      Map<Point, Part> parts,
      boolean transposed,
      List<String> ignored) {
    public Modules {
      points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
      parts = Map.copyOf(parts);
      ignored = List.copyOf(ignored);
    }

    /** Modules that lie in files as they are. */
    public Modules(String layers, Map<Point, String> points) {
      this(layers, points, Map.of(), false, List.of());
    }

    /** The larger matrix that {@code point} is a part of, where it is. */
    public Optional<Part> part(Point point) {
      return Optional.ofNullable(parts.get(point));
    }

    /** Those that have a name: all that a stack of such modules has, where none lacks some. */
    public Set<Point> named() {
      return points.keySet();
    }

    private List<Point> order() {
      return List.copyOf(points.keySet());
    }
  }

  /**
   * Where a linear layer lies in a matrix of several.
   *
   * @param module the larger one's name in its layer
   * @param index which part it is
   * @param count of how many of one size
   */
  public record Part(String module, int index, int count) {}

  /** The path of {@code site}, of a stack that is here. */
  public String of(Site site) {
    Modules modules = modules(site.stack());
    String own = Optional.ofNullable(modules.points().get(site.point())).orElseThrow();
    return site.point().inLayer() ? modules.layers() + site.layer() + "." + own : own;
  }

  /** The layer of its own that {@code site}'s layer has for relative positions, where it has. */
  public Optional<String> ofPositions(Site site) {
    return relative
        .flatMap(r -> Optional.ofNullable(r.own().get(site.point())))
        .map(own -> modules(site.stack()).layers() + site.layer() + "." + own);
  }

  /** The larger linear layers of {@code spec} by their paths, each with its parts in order. */
  public Map<String, List<Site>> fused(BackboneSpec spec) {
    Map<String, List<Site>> fused = new LinkedHashMap<>();
    spec.sites(Point.of(Role.LINEAR)).stream()
        .filter(site -> part(site).isPresent())
        .sorted(Comparator.comparingInt(site -> part(site).orElseThrow().index()))
        .forEach(site -> fused.computeIfAbsent(whole(site), path -> new ArrayList<>()).add(site));
    return fused;
  }

  private Optional<Part> part(Site site) {
    return modules(site.stack()).part(site.point());
  }

  private String whole(Site part) {
    String module = part(part).orElseThrow().module();
    return modules(part.stack()).layers() + part.layer() + "." + module;
  }

  /** Whether a tensor called {@code name} is of a layer, whichever. */
  public boolean inLayer(String name) {
    return stacks.values().stream()
        .anyMatch(
            modules ->
                name.startsWith(modules.layers())
                    && modules.ignored().stream().noneMatch(name::endsWith));
  }

  /** Those of {@code stack}. */
  public Modules modules(Stack stack) {
    return Optional.ofNullable(stacks.get(stack))
        .orElseThrow(() -> new IllegalArgumentException("the model has no stack " + stack));
  }

  /** Every linear layer and norm of {@code spec}, in the order of Hugging Face's modules. */
  public List<Site> modules(BackboneSpec spec) {
    return spec.sites(Point.of(Role.LINEAR, Role.NORM)).stream()
        .sorted(
            Comparator.comparing(Site::stack)
                .thenComparingInt(this::section)
                .thenComparingInt(Site::layer)
                .thenComparingInt(this::order))
        .toList();
  }

  private int order(Site site) {
    return modules(site.stack()).order().indexOf(site.point());
  }

  /** 0 before the layers, 1 in them, 2 behind them. */
  private int section(Site site) {
    if (site.point().inLayer()) {
      return 1;
    }
    List<Point> order = modules(site.stack()).order();
    return order.indexOf(site.point()) < order.indexOf(Point.LAYER_INPUT) ? 0 : 2;
  }
}
