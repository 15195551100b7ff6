package org.trimtab.weights;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.trimtab.base.UserError;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/** Values that a training made: floating ones, each of them a number. */
public final class TrainedValues {
  private static final Set<DType> FLOATING =
      EnumSet.of(DType.F16, DType.BF16, DType.F32, DType.F64, DType.F8_E4M3, DType.F8_E5M2);

  private TrainedValues() {}

  /**
   * The tensor {@code name} of {@code source}.
   *
   * @throws UserError if it isn't there, is of whole numbers, or holds a NaN or an infinity
   */
  public static HostTensor of(WeightSource source, String name) {
    HostTensor values = source.tensor(name);
    if (!FLOATING.contains(values.type())) {
      throw wrong(source, name, "is of the type " + values.type() + "; allowed floating types");
    }
    long broken = DoubleStream.of(values.doubles()).filter(v -> !Double.isFinite(v)).count();
    if (broken > 0) {
      throw wrong(
          source, name, "holds " + broken + " of " + values.size() + " values that are not finite");
    }
    return values;
  }

  private static UserError wrong(WeightSource source, String name, String what) {
    return new UserError(source.origin() + ": tensor '" + name + "' " + what);
  }
}
