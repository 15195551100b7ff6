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
  private final Map<String, FileTensor> stored = new LinkedHashMap<>();

  public TensorShapes(Architecture architecture) {
    names = architecture.names();
    BackboneSpec spec = architecture.spec();
    Architecture.Tables tables = architecture.tables();
    long width = spec.textStack().embedding();
    put(FileTensor.whole(FileTensor.Kind.TABLE, names.words(), tables.words(), width));
    names
        .positions()
        .ifPresent(n -> put(FileTensor.whole(FileTensor.Kind.TABLE, n, tables.positions(), width)));
    names
        .segments()
        .ifPresent(n -> put(FileTensor.whole(FileTensor.Kind.TABLE, n, tables.segments(), width)));
    for (Site site : names.modules(spec)) {
      boolean biased = architecture.wiring(site.stack()).biased().contains(site.point());
      put(site, spec, biased);
    }
    names.relative().ifPresent(r -> put(r, architecture));
    architecture.wordHead().ifPresent(head -> put(head, tables.words(), spec.hidden()));
    names
        .output()
        .ifPresent(
            n -> put(FileTensor.whole(FileTensor.Kind.MATRIX, n, tables.words(), spec.hidden())));
  }

  private void put(FileTensor whole) {
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
        new FileTensor(
            inFile + ".weight",
            linear ? matrix : new long[] {out},
            part,
            transposed,
            linear ? FileTensor.Kind.MATRIX : FileTensor.Kind.GAIN,
            Optional.of(site.point())));
    if (biased) {
      stored.put(
          own + ".bias",
          new FileTensor(
              inFile + ".bias",
              new long[] {out},
              part,
              false,
              FileTensor.Kind.BIAS,
              Optional.of(site.point())));
    }
  }

  private void put(Names.Relative relative, Architecture architecture) {
    StackSpec stack = architecture.spec().textStack();
    long hidden = stack.hidden();
    Wiring wiring = architecture.wiring(stack.stack());
    long rows = 2L * wiring.disentangled().orElseThrow().buckets().span();
    put(FileTensor.whole(FileTensor.Kind.TABLE, relative.table(), rows, hidden));
    relative.norm().ifPresent(n -> putBoth(n, hidden));
    for (int layer = 0; layer < stack.layers(); layer++) {
      for (Point point : relative.own().keySet()) {
        String own = names.ofPositions(new Site(stack.stack(), layer, point)).orElseThrow();
        put(
            FileTensor.whole(
                FileTensor.Kind.MATRIX, own + ".weight", stack.outputWidth(point), hidden));
        put(FileTensor.whole(FileTensor.Kind.BIAS, own + ".bias", stack.outputWidth(point)));
      }
    }
  }

  private void put(WordHead head, long words, long hidden) {
    put(FileTensor.whole(FileTensor.Kind.MATRIX, head.dense() + ".weight", hidden, hidden));
    put(FileTensor.whole(FileTensor.Kind.BIAS, head.dense() + ".bias", hidden));
    putBoth(head.norm(), hidden);
    put(FileTensor.whole(FileTensor.Kind.BIAS, head.bias(), words));
    head.decoder()
        .ifPresent(name -> put(FileTensor.whole(FileTensor.Kind.MATRIX, name, words, hidden)));
  }

  private void putBoth(String norm, long width) {
    put(FileTensor.whole(FileTensor.Kind.GAIN, norm + ".weight", width));
    put(FileTensor.whole(FileTensor.Kind.BIAS, norm + ".bias", width));
  }

  /** What the tensor called {@code name} is. */
  FileTensor.Described described(String name) {
    return stored(name).described();
  }

  /**
   * What a file holds of tensors, which are by their own names: parts joined, and matrices as the
   * family has them.
   *
   * @return by the names of files, without a model prefix
   */
  public Map<String, HostTensor> joined(Map<String, HostTensor> own) {
    Map<String, FileTensor> places = new LinkedHashMap<>();
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
    return stored.values().stream().map(FileTensor::name).distinct().toList();
  }

  /** Whether {@code source} holds what the tensor called {@code name} lies in. */
  public boolean has(WeightSource source, String name) {
    return source.names().contains(stored(name).name());
  }

  private FileTensor stored(String name) {
    return Optional.ofNullable(stored.get(name)).orElseThrow();
  }

  /**
   * The tensor called {@code name}, checked.
   *
   * @throws UserError if its shape is another one, or its values are no finite floating-point
   *     numbers
   */
  public HostTensor checked(WeightSource source, String name) {
    FileTensor place = stored(name);
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
