package org.trimtab.transformer.file;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Initialization;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;
import org.trimtab.base.Invalid;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.RandomStreams;

/**
 * The weights of a new model, in single precision. Each tensor has a random stream of its own, so
 * that a model with one layer more has the same values in all others.
 */
public final class InitialWeights {
  /** Values of an array of bytes. */
  private static final int MOST = Integer.MAX_VALUE / Float.BYTES;

  /** What ends a branch. */
  private static final Set<Point> RESIDUALS = EnumSet.of(Point.ATTENTION_OUT, Point.FFN_DOWN);

  private final Architecture architecture;
  private final RandomStreams streams;

  private InitialWeights(Architecture architecture, RandomStreams streams) {
    this.architecture = architecture;
    this.streams = streams;
  }

  /**
   * Every tensor by its name; the same seed gives the same values, on every machine.
   *
   * @throws Invalid of no key for a tensor beyond all sizes
   */
  public static Map<String, HostTensor> of(Architecture architecture, long seed) {
    InitialWeights weights = new InitialWeights(architecture, new RandomStreams(seed));
    TensorShapes shapes = new TensorShapes(architecture);
    Map<String, HostTensor> all = new LinkedHashMap<>();
    for (String name : shapes.names()) {
      all.put(name, weights.tensor(name, shapes.described(name)));
    }
    return all;
  }

  private HostTensor tensor(String name, FileTensor.Described tensor) {
    int count = count(tensor.shape());
    Random random = streams.stream("backbone/" + name);
    float[] values =
        switch (tensor.kind()) {
          case TABLE -> architecture.initialization().values(count, random);
          case MATRIX -> matrix(tensor.point(), count, random);
          case GAIN -> filled(architecture.wiring(stack()).norm().neutralGain(), count);
          case BIAS -> new float[count];
        };
    return HostTensor.of(values, tensor.shape());
  }

  private Stack stack() {
    return architecture.spec().textStack().stack();
  }

  private float[] matrix(Optional<Point> point, int count, Random random) {
    Initialization drawn = architecture.initialization();
    boolean smaller = drawn.residuals() && point.filter(RESIDUALS::contains).isPresent();
    double factor = smaller ? 1 / Math.sqrt(2.0 * architecture.spec().layers()) : 1;
    return new Initialization(drawn.deviation() * factor, drawn.cut(), false).values(count, random);
  }

  private static float[] filled(double value, int count) {
    float[] values = new float[count];
    Arrays.fill(values, (float) value);
    return values;
  }

  private static int count(long... shape) {
    double count = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (count > MOST) {
      throw new Invalid(
          "",
          "asks for a tensor beyond all sizes; found the shape "
              + Arrays.toString(shape)
              + "; allowed "
              + MOST
              + " values");
    }
    return (int) count;
  }
}
