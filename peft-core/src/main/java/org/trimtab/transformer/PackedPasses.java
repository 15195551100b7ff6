package org.trimtab.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Tensor;

/**
 * Several passes with their rows one behind the other, (1, N, H): no pass is padded to the length
 * of another, and each has the layout that it has alone.
 */
final class PackedPasses implements Layers.Passes {
  private final List<Slot> slots;

  private PackedPasses(List<Slot> slots) {
    this.slots = slots;
  }

  /** Where the rows of a pass lie: {@code examples} times {@code length} of them. */
  private record Slot(Pass pass, long from, long examples, long length) {
    long to() {
      return from + examples * length;
    }

    /** The same examples in another pass, and another place. */
    Slot with(Pass other, long start) {
      int more = other.rows().promptRows() - pass.rows().promptRows();
      return new Slot(other, start, examples, length + more);
    }

    /** (1, N, H) to this pass's own (B, T, H). */
    Tensor own(Tensor packed) {
      return packed.rows(from, to()).view(examples, length, -1);
    }

    Projections own(Projections packed) {
      return new Projections(
          own(packed.in()), own(packed.query()), own(packed.key()), own(packed.value()));
    }
  }

  /** What a pass adds to its own rows of {@code out}, which {@code in} entered. */
  @FunctionalInterface
  private interface Delta {
    Optional<Tensor> of(Pass pass, Tensor in, Tensor out);
  }

  /**
   * Packs {@code passes} of one stack.
   *
   * @param shapes (B, T, H) of each one's rows
   */
  static PackedPasses of(List<Pass> passes, List<long[]> shapes) {
    List<Slot> slots = new ArrayList<>();
    long from = 0;
    for (int i = 0; i < passes.size(); i++) {
      Slot slot = new Slot(passes.get(i), from, shapes.get(i)[0], shapes.get(i)[1]);
      slots.add(slot);
      from = slot.to();
    }
    return new PackedPasses(slots);
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
    List<Tensor> rows = new ArrayList<>();
    List<Slot> moved = new ArrayList<>();
    long from = 0;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      Pass.Single own = wider.get(i).orElseGet(() -> new Pass.Single(slot.own(packed), slot.pass));
      rows.add(own.rows());
      Slot now = slot.with(own.pass(), from);
      moved.add(now);
      from = now.to();
    }
    return new Running(pack(rows), new PackedPasses(moved));
  }

  @Override
  public Pass.StackDropout dropout() {
    return slots.get(0).pass.dropout();
  }

  @Override
  public boolean visits(int layer, Point point) {
    return slots.stream().anyMatch(slot -> slot.pass.visits(layer, point));
  }

  @Override
  public Tensor plus(int layer, Point point, Tensor in, Tensor out) {
    Site site = new Site(stack(), layer, point);
    return plus(site, in, out, (pass, x, y) -> pass.delta(layer, point, x, y));
  }

  @Override
  public Tensor plus(int layer, Point point, Tensor in, Tensor out, Joining joining) {
    Site site = new Site(stack(), layer, point);
    return plus(site, in, out, (pass, x, y) -> pass.delta(layer, point, x, y, joining));
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
        Optional<Tensor> sum = delta.of(slot.pass, slot.own(in), own).map(own::add);
        if (sum.isPresent()) {
          if (done < slot.from) {
            parts.add(out.rows(done, slot.from));
          }
          parts.add(flat(sum.get()));
          done = slot.to();
        }
      }
    }
    if (done < slots.get(slots.size() - 1).to()) {
      parts.add(done == 0 ? out : out.rowsFrom(done));
    }
    return joined(parts);
  }

  @Override
  public Tensor attention(int layer, Projections projections, Joining joining, Attention each) {
    return pack(
        slots.stream()
            .map(slot -> slot.pass.attention(layer, slot.own(projections), joining, each))
            .toList());
  }

  private static Tensor flat(Tensor own) {
    return own.view(1, -1, 0);
  }

  private static Tensor joined(List<Tensor> rows) {
    return rows.size() == 1 ? rows.get(0) : rows.get(0).followedBy(rows.subList(1, rows.size()));
  }
}
