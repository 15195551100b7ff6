package org.trimtab.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.trimtab.backbone.Input;
import org.trimtab.base.Lazy;
import org.trimtab.base.Sha256;
import org.trimtab.method.FrozenFeature;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * Frozen features, each example's computed once: kept in memory up to a bound, the least recently
 * used going first, and in a store. An example is computed by itself, unpadded: what comes from the
 * store has the very bits that computing it would give.
 */
public final class FrozenFeatures implements Model.FeatureSource {
  private final Lazy<String> origin;
  private final Tensors tensors;
  private final FeatureStore store;
  private final long maximumValues;
  private final Map<String, double[]> memory = new LinkedHashMap<>(16, 0.75f, true);
  private long held;
  private long computed;

  /**
   * Features over one backbone and tokenizer.
   *
   * @param origin what tells these from others, such as the hashes of both; asked for once, with
   *     the first feature
   * @param maximumValues how many numbers are kept in memory at most
   */
  public FrozenFeatures(
      Supplier<String> origin, Tensors tensors, FeatureStore store, long maximumValues) {
    this.origin = new Lazy<>(origin);
    this.tensors = tensors;
    this.store = store;
    this.maximumValues = maximumValues;
  }

  /** How many examples' features were computed, not found. */
  public long computed() {
    return computed;
  }

  @Override
  public Tensor of(FrozenFeature feature, Input input) {
    List<Unpadded> rows = rows(input);
    double[][] values = rows.stream().map(row -> values(feature, row)).toArray(double[][]::new);
    double[] flat = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    return tensors.of(flat, rows.size(), 1, values[0].length);
  }

  private double[] values(FrozenFeature feature, Unpadded row) {
    String key = key(feature, row);
    double[] known = memory.get(key);
    if (known == null) {
      known = store.find(key).orElseGet(() -> compute(feature, row, key));
      remember(key, known);
    }
    return known;
  }

  private void remember(String key, double... values) {
    memory.put(key, values);
    held += values.length;
    Iterator<double[]> oldest = memory.values().iterator();
    while (held > maximumValues && oldest.hasNext()) {
      held -= oldest.next().length;
      oldest.remove();
    }
  }

  private double[] compute(FrozenFeature feature, Unpadded row, String key) {
    computed++;
    double[] values = tensors.freeing(() -> tensors.doubles(feature.of(row.input(tensors))));
    store.put(key, values);
    return values;
  }

  private String key(FrozenFeature feature, Unpadded row) {
    List<byte[]> texts =
        Stream.of(origin.get(), feature.name(), row.text().orElse(""))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer key = ByteBuffer.allocate(length + Long.BYTES * 2 * row.ids().length);
    texts.forEach(text -> key.putInt(text.length).put(text));
    LongStream.concat(LongStream.of(row.ids()), LongStream.of(row.types())).forEach(key::putLong);
    return Sha256.of(key.array());
  }

  /** One example, unpadded. */
  private record Unpadded(Optional<String> text, long[] ids, long[] types) {
    Input input(Tensors tensors) {
      double[] mask = new double[ids.length];
      Arrays.fill(mask, 1);
      return new Input(
          tensors.of(ids, 1, ids.length),
          tensors.of(types, 1, types.length),
          tensors.of(mask, 1, mask.length),
          text.stream().toList(),
          Optional.empty());
    }
  }

  private List<Unpadded> rows(Input input) {
    int width = (int) tensors.shape(input.ids())[1];
    double[] ids = tensors.doubles(input.ids());
    double[] types = tensors.doubles(input.types());
    double[] mask = tensors.doubles(input.mask());
    return LongStream.range(0, tensors.shape(input.ids())[0])
        .mapToObj(
            row -> {
              int from = (int) row * width;
              int length = (int) Arrays.stream(mask, from, from + width).sum();
              return new Unpadded(
                  input.texts().stream().skip(row).findFirst(),
                  whole(ids, from, length),
                  whole(types, from, length));
            })
        .toList();
  }

  private static long[] whole(double[] values, int from, int length) {
    return Arrays.stream(values, from, from + length).mapToLong(v -> (long) v).toArray();
  }
}
