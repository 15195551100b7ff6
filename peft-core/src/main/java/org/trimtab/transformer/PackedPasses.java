package org.trimtab.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Tensor;

/**
 * Several passes with their rows one behind the other, (1, N, H): no pass is padded to the length
 * of another, and each has the layout that it has alone.
 */
final class PackedPasses implements Passes {
  private final List<Slot> slots;

  /** Where the rows lie that are read in the end. */
  private final List<Slot> read;

  private PackedPasses(List<Slot> slots, List<Slot> read) {
    this.slots = slots;
    this.read = read;
  }

  /** Where the rows of a pass lie: {@code examples} times {@code length} of them. */
  private record Slot(Pass pass, long from, long examples, long length) {
    long to() {
      return from + examples * length;
    }

    /** The number of its rows in {@code other}, the same pass with more prompts. */
    long lengthIn(Pass other) {
      return length + other.promptRows() - pass.promptRows();
    }

    /** (1, N, H) to this pass's own (B, T, H). */
    Tensor own(Tensor packed) {
      return packed.rows(from, to()).view(examples, length, -1);
    }

    /** Where its rows lie that are read in the end, behind those of other passes. */
    Slot read(long begin) {
      Pass pass = this.pass.read();
      long count = this.pass.reading().map(r -> r.count().applyAsLong(length)).orElse(length);
      return new Slot(pass, begin, examples, count);
    }

    /** Of {@code packed}, whose queries lie where {@code queries} says. */
    Projections own(Projections packed, Slot queries) {
      return new Projections(
          own(packed.in()),
          packed.read(),
          queries.own(packed.query()),
          own(packed.key()),
          own(packed.value()));
    }

    Branch own(Branch packed) {
      return new Branch(own(packed.residual()), packed.joining());
    }
  }

  /** What a pass adds to its own rows of {@code out}, which {@code in} entered. */
  @FunctionalInterface
  private interface Delta {
    Optional<Tensor> of(Slot slot, Tensor in, Tensor out);
  }

  /**
   * Packs {@code passes} of one stack.
   *
   * @param shapes (B, T, ...) of each one's rows
   */
  static PackedPasses of(List<Pass> passes, List<long[]> shapes) {
    List<Slot> slots = new ArrayList<>();
    List<Slot> read = new ArrayList<>();
    for (int i = 0; i < passes.size(); i++) {
      slots.add(new Slot(passes.get(i), end(slots), shapes.get(i)[0], shapes.get(i)[1]));
      read.add(slots.get(i).read(end(read)));
    }
    return new PackedPasses(slots, read);
  }

  private static long end(List<Slot> slots) {
    return slots.isEmpty() ? 0 : slots.get(slots.size() - 1).to();
  }

  /** (B, T, H) of each pass to (1, N, H). */
  static Tensor pack(List<Tensor> own) {
    return joined(own.stream().map(PackedPasses::flat).toList());
  }

  @Override
  public List<Pass.Single> each(Tensor packed) {
    return slots.stream().map(slot -> new Pass.Single(slot.own(packed), slot.pass)).toList();
  }

  @Override
  public Running joined(int layer, Tensor packed) {
    List<Optional<Pass.Single>> wider =
        slots.stream().map(slot -> slot.pass.join(layer, slot.own(packed))).toList();
    if (wider.stream().allMatch(Optional::isEmpty)) {
      return new Running(packed, this);
    }
    List<Pass.Single> now = new ArrayList<>();
    List<long[]> shapes = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      Pass.Single own = wider.get(i).orElseGet(() -> new Pass.Single(slot.own(packed), slot.pass));
      now.add(own);
      shapes.add(new long[] {slot.examples, slot.lengthIn(own.pass())});
    }
    return new Running(
        pack(now.stream().map(Pass.Single::rows).toList()),
        of(now.stream().map(Pass.Single::pass).toList(), shapes));
  }

  @Override
  public Pass.StackDropout dropout() {
    return slots.get(0).pass.dropout();
  }

  @Override
  public Optional<Tensor> bias() {
    return Optional.empty();
  }

  @Override
  public boolean visits(int layer, Point point) {
    return slots.stream().anyMatch(slot -> slot.pass.visits(layer, point));
  }

  @Override
  public Tensor plus(int layer, Point point, Tensor in, Tensor out) {
    Site site = new Site(stack(), layer, point);
    return plus(site, in, out, (slot, x, y) -> slot.pass.delta(layer, point, x, y));
  }

  @Override
  public Tensor plus(int layer, Point point, Tensor in, Tensor out, Branch branch) {
    Site site = new Site(stack(), layer, point);
    return plus(
        site, in, out, (slot, x, y) -> slot.pass.delta(layer, point, x, y, slot.own(branch)));
  }

  private Stack stack() {
    return slots.get(0).pass.stack();
  }

  /** Rows to which nothing is added stay as they are, all that lie together at once. */
  private Tensor plus(Site site, Tensor in, Tensor out, Delta delta) {
    List<Tensor> parts = new ArrayList<>();
    long done = 0;
    for (Slot slot : slots) {
      if (slot.pass.contribution().visits(site)) {
        Tensor own = slot.own(out);
        Optional<Tensor> sum = delta.of(slot, slot.own(in), own).map(own::add);
        if (sum.isPresent()) {
          if (done < slot.from) {
            parts.add(out.rows(done, slot.from));
          }
          parts.add(flat(sum.get()));
          done = slot.to();
        }
      }
    }
    if (done < end(slots)) {
      parts.add(done == 0 ? out : out.rowsFrom(done));
    }
    return joined(parts);
  }

  @Override
  public Tensor attention(int layer, Projections projections, Branch branch, OwnAttention each) {
    List<Slot> queries = projections.read() ? read : slots;
    return pack(
        IntStream.range(0, slots.size())
            .mapToObj(
                i -> {
                  Slot slot = slots.get(i);
                  Projections own = slot.own(projections, queries.get(i));
                  return slot.pass.attention(layer, own, slot.own(branch), each);
                })
            .toList());
  }

  @Override
  public PackedPasses read() {
    return new PackedPasses(read, read);
  }

  @Override
  public Tensor read(Tensor x) {
    boolean all = slots.stream().noneMatch(slot -> slot.pass.reading().isPresent());
    return all ? x : pack(slots.stream().map(slot -> slot.pass.read(slot.own(x))).toList());
  }

  private static Tensor flat(Tensor own) {
    return own.view(1, -1, 0);
  }

  private static Tensor joined(List<Tensor> rows) {
    return rows.size() == 1 ? rows.get(0) : rows.get(0).followedBy(rows.subList(1, rows.size()));
  }
}
