package org.trimtab.transformer;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.base.UserError;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.WeightSource;

/** The tensors that a configuration speaks of, which those of a file are checked against. */
final class BertShapes {
  private static final Set<DType> FLOATING =
      EnumSet.of(DType.F64, DType.F32, DType.F16, DType.BF16);
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  BertShapes(HfConfig config, BackboneSpec spec) {
    long hidden = config.hiddenSize();
    shapes.put(BertNames.WORDS, new long[] {config.vocabularySize(), hidden});
    shapes.put(BertNames.POSITIONS, new long[] {config.positions(), hidden});
    shapes.put(BertNames.TYPES, new long[] {config.segments(), hidden});
    for (Site site : BertNames.modules(spec)) {
      boolean linear = site.point().role() == Role.LINEAR;
      long out = linear ? spec.outputWidth(site) : hidden;
      String module = BertNames.of(site);
      shapes.put(
          module + ".weight", linear ? new long[] {out, spec.inputWidth(site)} : new long[] {out});
      shapes.put(module + ".bias", new long[] {out});
    }
  }

  /** Every tensor's name. */
  Set<String> names() {
    return shapes.keySet();
  }

  /**
   * Refuses layers, or parts of them, that the configuration doesn't speak of: the model would
   * compute with them.
   */
  void requireNoMore(WeightSource source) {
    for (String name : source.names()) {
      if (name.startsWith(BertNames.LAYERS) && !shapes.containsKey(name)) {
        throw new UserError(
            source.origin()
                + ": holds a tensor '"
                + name
                + "', which a model of its configuration doesn't have");
      }
    }
  }

  /**
   * The tensor called {@code name}, checked.
   *
   * @throws UserError if its shape is another one, or its values are no finite floating-point
   *     numbers
   */
  HostTensor checked(WeightSource source, String name) {
    HostTensor tensor = source.tensor(name);
    long[] expected = Optional.ofNullable(shapes.get(name)).orElseThrow();
    if (!Arrays.equals(expected, tensor.shape())) {
      throw wrong(source, name, "has the shape " + Arrays.toString(tensor.shape()), expected);
    }
    if (!FLOATING.contains(tensor.type())) {
      throw new UserError(
          source.origin()
              + ": tensor '"
              + name
              + "' has the type "
              + tensor.type()
              + "; allowed "
              + FLOATING);
    }
    return tensor;
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
