package org.trimtab.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.trimtab.base.Lazy;
import org.trimtab.base.Sha256;
import org.trimtab.batch.Batch;
import org.trimtab.method.FrozenFeature;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.Encoding;

/**
 * Frozen features, each example's computed once: kept in memory up to a bound, the least recently
 * used going first, and in a store. An example is computed by itself, unpadded: what comes from the
 * store has the very bits that computing it would give. Threads may share one; they take turns.
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
  public synchronized long computed() {
    return computed;
  }

  @Override
  public Tensor of(FrozenFeature feature, Batch batch) {
    double[][] values =
        batch.choices().stream().map(text -> values(feature, text)).toArray(double[][]::new);
    double[] flat = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    return tensors.of(flat, values.length, 1, values[0].length);
  }

  private synchronized double[] values(FrozenFeature feature, Encoding text) {
    String key = key(feature, text);
    double[] known = memory.get(key);
    if (known == null) {
      known = store.find(key).orElseGet(() -> compute(feature, text, key));
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

  private double[] compute(FrozenFeature feature, Encoding text, String key) {
    computed++;
    double[] values =
        tensors.freeing(() -> tensors.doubles(feature.of(Batch.of(text).input(tensors, 0))));
    store.put(key, values);
    return values;
  }

  private String key(FrozenFeature feature, Encoding text) {
    List<byte[]> texts =
        Stream.of(origin.get(), feature.name(), text.text())
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toList();
    int length = texts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer key = ByteBuffer.allocate(length + Long.BYTES * 2 * text.length());
    texts.forEach(part -> key.putInt(part.length).put(part));
    LongStream.concat(LongStream.of(text.ids()), LongStream.of(text.types())).forEach(key::putLong);
    return Sha256.of(key.array());
  }
}
