package org.trimtab.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.States;
import org.trimtab.base.Lazy;
import org.trimtab.base.Sha256;
import org.trimtab.batch.Batch;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.Encoding;

/**
 * States of the pretrained model that enter the lowest layer that a pass touches, each text's
 * computed once: kept in memory up to a bound, the least recently used going first, and in a store.
 * A text is computed by itself, unpadded, so that what is kept has the very bits that computing it
 * would give, whatever was kept before. Threads may share one; they take turns.
 */
public final class KeptStates implements StateSource {
  private static final double MEBIBYTE = 1 << 20;

  private final Lazy<String> origin;
  private final Backbone backbone;
  private final StateStore store;
  private final Bound bound;
  private final Map<String, HostTensor> memory = new LinkedHashMap<>(16, 0.75f, true);
  private long held;
  private long computed;
  private boolean keeps = true;

  /**
   * How much is kept in memory.
   *
   * @param bytes at most
   * @param all whether nothing is kept where a training's states don't all fit: then they would be
   *     computed again and again
   */
  public record Bound(long bytes, boolean all) {}

  /**
   * States of a backbone that doesn't train, without dropout.
   *
   * @param origin what tells these from others, such as the hashes of backbone, tokenizer and code;
   *     asked for once, with the first states
   */
  public KeptStates(Supplier<String> origin, Backbone backbone, StateStore store, Bound bound) {
    this.origin = new Lazy<>(origin);
    this.backbone = backbone;
    this.store = store;
    this.bound = bound;
  }

  /** How many texts' states were computed, not found. */
  public synchronized long computed() {
    return computed;
  }

  @Override
  public synchronized Optional<String> begin(long tokens) {
    double bytes = (double) tokens * backbone.spec().textStack().hidden() * type().bytes();
    keeps = !bound.all() || bytes <= bound.bytes();
    String size = String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
    return Optional.of(
        keeps
            ? "states are kept: up to " + size
            : "states are not kept: they would take "
                + size
                + "; allowed by train.keep_states.mebibytes "
                + Math.round(bound.bytes() / MEBIBYTE));
  }

  @Override
  public Optional<States> of(Batch batch, Contribution contribution) {
    OptionalInt lowest = States.lowest(backbone.spec(), contribution);
    return keeps && lowest.orElse(0) > 0
        ? Optional.of(new States(lowest.getAsInt(), rows(batch, lowest.getAsInt())))
        : Optional.empty();
  }

  /** (B K, T, H), zeros where a text is padded. */
  private Tensor rows(Batch batch, int layer) {
    List<HostTensor> texts = batch.choices().stream().map(text -> of(text, layer)).toList();
    int hidden = backbone.spec().textStack().hidden();
    int each = batch.width() * hidden;
    HostTensor all =
        new HostTensor(
            type(),
            new long[] {texts.size(), batch.width(), hidden},
            ByteBuffer.allocate(Math.toIntExact((long) texts.size() * each * type().bytes())));
    ByteBuffer bytes = all.data();
    for (int i = 0; i < texts.size(); i++) {
      bytes.position(i * each * type().bytes()).put(texts.get(i).data());
    }
    return tensors().precision() == Precision.FP64
        ? tensors().of(all.doubles(), all.shape())
        : tensors().of(all.floats(), all.shape());
  }

  private DType type() {
    return tensors().precision() == Precision.FP64 ? DType.F64 : DType.F32;
  }

  private Tensors tensors() {
    return backbone.tensors();
  }

  /** (T, H) of one text. */
  private synchronized HostTensor of(Encoding text, int layer) {
    String key = key(text, layer);
    HostTensor known = memory.get(key);
    if (known == null) {
      known =
          store
              .find(key)
              .map(bytes -> new HostTensor(type(), shape(text), ByteBuffer.wrap(bytes)))
              .orElseGet(() -> compute(text, layer, key));
      remember(key, known);
    }
    return known;
  }

  private long[] shape(Encoding text) {
    return new long[] {text.length(), backbone.spec().textStack().hidden()};
  }

  private void remember(String key, HostTensor values) {
    memory.put(key, values);
    held += bytes(values);
    Iterator<HostTensor> oldest = memory.values().iterator();
    while (held > bound.bytes() && oldest.hasNext()) {
      held -= bytes(oldest.next());
      oldest.remove();
    }
  }

  private static long bytes(HostTensor values) {
    return values.size() * values.type().bytes();
  }

  private HostTensor compute(Encoding text, int layer, String key) {
    computed++;
    Batch alone = Batch.of(text);
    HostTensor values =
        tensors().freeing(() -> tensors().host(backbone.entering(alone.input(backbone), layer)));
    byte[] bytes = new byte[Math.toIntExact(bytes(values))];
    values.data().get(bytes);
    store.put(key, bytes);
    return new HostTensor(type(), shape(text), ByteBuffer.wrap(bytes));
  }

  private String key(Encoding text, int layer) {
    byte[] from = (origin.get() + "/layer-" + layer + "/").getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.allocate(from.length + Long.BYTES * 2 * text.length()).put(from);
    for (long id : text.ids()) {
      key.putLong(id);
    }
    for (long type : text.types()) {
      key.putLong(type);
    }
    return Sha256.of(key.array());
  }
}
