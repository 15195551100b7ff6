package org.trimtab.transformer.file;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.WordHead;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.UserError;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.WeightSource;

/** The tensors that a configuration speaks of, which those of a file are checked against. */
public final class TensorShapes {
  private static final Set<DType> FLOATING =
      EnumSet.of(DType.F64, DType.F32, DType.F16, DType.BF16);
  private final Names names;
  private final Map<String, Stored> stored = new LinkedHashMap<>();

  /** What a tensor is there for. */
  enum Kind {
    /** Rows are looked up in it. */
    TABLE,
    /** Of a linear layer. */
    MATRIX,
    /** Of a norm. */
    GAIN,
    /** Of either. */
    BIAS
  }

  /**
   * A tensor of the model.
   *
   * @param point where it is, if at one
   */
  record Described(Kind kind, Optional<Point> point, long[] shape) {}

  /**
   * Where a tensor lies in a file.
   *
   * @param name of the file's tensor
   * @param shape of that
   * @param part of its rows, or columns where it is transposed
   */
  private record Stored(
      String name,
      long[] shape,
      Optional<Names.Part> part,
      boolean transposed,
      Kind kind,
      Optional<Point> point) {
    static Stored whole(Kind kind, String name, long... shape) {
      return new Stored(name, shape, Optional.empty(), false, kind, Optional.empty());
    }

    Described described() {
      long[] own = transposed ? new long[] {shape[1], shape[0]} : shape.clone();
      own[0] /= part.map(Names.Part::count).orElse(1);
      return new Described(kind, point, own);
    }

    /** The other way round: of all parts, in their order. */
    HostTensor joined(List<HostTensor> parts) {
      if (parts.size() != part.map(Names.Part::count).orElse(1)) {
        throw new IllegalArgumentException("parts of '" + name + "' are missing");
      }
      HostTensor upright = parts.size() == 1 ? parts.get(0) : HostTensor.joined(parts);
      return transposed ? upright.transposed() : upright;
    }

    HostTensor of(HostTensor tensor) {
      HostTensor upright = transposed ? tensor.transposed() : tensor;
      return part.map(p -> upright.part(p.index(), p.count())).orElse(upright);
    }
  }

  public TensorShapes(Architecture architecture) {
    names = architecture.names();
    BackboneSpec spec = architecture.spec();
    Architecture.Tables tables = architecture.tables();
    long width = spec.textStack().embedding();
    put(Stored.whole(Kind.TABLE, names.words(), tables.words(), width));
    names.positions().ifPresent(n -> put(Stored.whole(Kind.TABLE, n, tables.positions(), width)));
    names.segments().ifPresent(n -> put(Stored.whole(Kind.TABLE, n, tables.segments(), width)));
    for (Site site : names.modules(spec)) {
      boolean biased = architecture.wiring(site.stack()).biased().contains(site.point());
      put(site, spec, biased);
    }
    names.relative().ifPresent(r -> put(r, architecture));
    architecture.wordHead().ifPresent(head -> put(head, tables.words(), spec.hidden()));
    names.output().ifPresent(n -> put(Stored.whole(Kind.MATRIX, n, tables.words(), spec.hidden())));
  }

  private void put(Stored whole) {
    stored.put(whole.name(), whole);
  }

  private void put(Site site, BackboneSpec spec, boolean biased) {
    boolean linear = site.point().role() == Role.LINEAR;
    Names.Modules modules = names.modules(site.stack());
    Optional<Names.Part> part = modules.part(site.point());
    long out = (long) spec.outputWidth(site) * part.map(Names.Part::count).orElse(1);
    String own = names.of(site);
    String inFile = part.map(p -> modules.layers() + site.layer() + "." + p.module()).orElse(own);
    long in = linear ? spec.inputWidth(site) : 0;
    boolean transposed = linear && modules.transposed();
    long[] matrix = transposed ? new long[] {in, out} : new long[] {out, in};
    stored.put(
        own + ".weight",
        new Stored(
            inFile + ".weight",
            linear ? matrix : new long[] {out},
            part,
            transposed,
            linear ? Kind.MATRIX : Kind.GAIN,
            Optional.of(site.point())));
    if (biased) {
      stored.put(
          own + ".bias",
          new Stored(
              inFile + ".bias",
              new long[] {out},
              part,
              false,
              Kind.BIAS,
              Optional.of(site.point())));
    }
  }

  private void put(Names.Relative relative, Architecture architecture) {
    StackSpec stack = architecture.spec().textStack();
    long hidden = stack.hidden();
    Wiring wiring = architecture.wiring(stack.stack());
    long rows = 2L * wiring.disentangled().orElseThrow().buckets().span();
    put(Stored.whole(Kind.TABLE, relative.table(), rows, hidden));
    relative.norm().ifPresent(n -> putBoth(n, hidden));
    for (int layer = 0; layer < stack.layers(); layer++) {
      for (Point point : relative.own().keySet()) {
        String own = names.ofPositions(new Site(stack.stack(), layer, point)).orElseThrow();
        put(Stored.whole(Kind.MATRIX, own + ".weight", stack.outputWidth(point), hidden));
        put(Stored.whole(Kind.BIAS, own + ".bias", stack.outputWidth(point)));
      }
    }
  }

  private void put(WordHead head, long words, long hidden) {
    put(Stored.whole(Kind.MATRIX, head.dense() + ".weight", hidden, hidden));
    put(Stored.whole(Kind.BIAS, head.dense() + ".bias", hidden));
    putBoth(head.norm(), hidden);
    put(Stored.whole(Kind.BIAS, head.bias(), words));
    head.decoder().ifPresent(name -> put(Stored.whole(Kind.MATRIX, name, words, hidden)));
  }

  private void putBoth(String norm, long width) {
    put(Stored.whole(Kind.GAIN, norm + ".weight", width));
    put(Stored.whole(Kind.BIAS, norm + ".bias", width));
  }

  /** What the tensor called {@code name} is. */
  Described described(String name) {
    return stored(name).described();
  }

  /**
   * What a file holds of tensors, which are by their own names: parts joined, and matrices as the
   * family has them.
   *
   * @return by the names of files, without a model prefix
   */
  public Map<String, HostTensor> joined(Map<String, HostTensor> own) {
    Map<String, Stored> places = new LinkedHashMap<>();
    Map<String, SortedMap<Integer, HostTensor>> parts = new LinkedHashMap<>();
    stored.forEach(
        (name, place) ->
            Optional.ofNullable(own.get(name))
                .ifPresent(
                    tensor -> {
                      places.put(place.name(), place);
                      parts
                          .computeIfAbsent(place.name(), n -> new TreeMap<>())
                          .put(place.part().map(Names.Part::index).orElse(0), tensor);
                    }));
    Map<String, HostTensor> joined = new LinkedHashMap<>();
    places.forEach(
        (name, place) -> {
          SortedMap<Integer, HostTensor> all = parts.getOrDefault(name, new TreeMap<>());
          joined.put(name, place.joined(List.copyOf(all.values())));
        });
    return joined;
  }

  /** Every tensor's name. */
  public Set<String> names() {
    return stored.keySet();
  }

  /**
   * Refuses layers, or parts of them, that the configuration doesn't speak of: the model would
   * compute with them.
   */
  public void requireNoMore(WeightSource source) {
    Set<String> known = new java.util.HashSet<>();
    stored.values().forEach(s -> known.add(s.name()));
    for (String name : source.names()) {
      if (names.inLayer(name) && !known.contains(name)) {
        throw new UserError(
            source.origin()
                + ": holds a tensor '"
                + name
                + "', which a model of its configuration doesn't have");
      }
    }
  }

  /** The names of files' tensors, without a model prefix. */
  List<String> inFiles() {
    return stored.values().stream().map(Stored::name).distinct().toList();
  }

  /** Whether {@code source} holds what the tensor called {@code name} lies in. */
  public boolean has(WeightSource source, String name) {
    return source.names().contains(stored(name).name());
  }

  private Stored stored(String name) {
    return Optional.ofNullable(stored.get(name)).orElseThrow();
  }

  /**
   * The tensor called {@code name}, checked.
   *
   * @throws UserError if its shape is another one, or its values are no finite floating-point
   *     numbers
   */
  public HostTensor checked(WeightSource source, String name) {
    Stored place = stored(name);
    HostTensor tensor = source.tensor(place.name());
    if (!Arrays.equals(place.shape(), tensor.shape())) {
      throw wrong(
          source, place.name(), "has the shape " + Arrays.toString(tensor.shape()), place.shape());
    }
    if (!FLOATING.contains(tensor.type())) {
      throw new UserError(
          source.origin()
              + ": tensor '"
              + place.name()
              + "' has the type "
              + tensor.type()
              + "; allowed "
              + FLOATING);
    }
    return place.of(tensor);
  }

  private static UserError wrong(WeightSource source, String name, String found, long... expected) {
    return new UserError(
        source.origin()
            + ": tensor '"
            + name
            + "' "
            + found
            + ", the configuration says "
            + Arrays.toString(expected));
  }
}
