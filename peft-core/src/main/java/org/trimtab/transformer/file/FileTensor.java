package org.trimtab.transformer.file;

import java.util.List;
import java.util.Optional;
import org.trimtab.architecture.Names;
import org.trimtab.backbone.Point;
import org.trimtab.tensor.HostTensor;

/**
 * Where a tensor of the model lies in a file, and what it is.
 *
 * @param name of the file's tensor
 * @param shape of that
 * @param part of its rows, or columns where it is transposed
 * @param point where it is, if at one
 */
record FileTensor(
    String name,
    long[] shape,
    Optional<Names.Part> part,
    boolean transposed,
    Kind kind,
    Optional<Point> point) {
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

  static FileTensor whole(Kind kind, String name, long... shape) {
    return new FileTensor(name, shape, Optional.empty(), false, kind, Optional.empty());
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
