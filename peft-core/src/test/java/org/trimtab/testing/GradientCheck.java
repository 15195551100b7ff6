package org.trimtab.testing;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Randomness;
import org.trimtab.model.Model;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Tensors;

/** The engine's gradients against central differences, in fp64. */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final int COORDINATES = 8;

  private GradientCheck() {}

  /** Those of a model of classes, over {@link Tiny}'s batch. */
  public static Map<String, Double> errors(Model<Integer> model) {
    return errors(model, new Labelled<>(Tiny.batch(), Tiny.gold()));
  }

  /** The largest relative error of each parameter, over some of its coordinates. */
  public static <Y> Map<String, Double> errors(Model<Y> model, Labelled<Y> batch) {
    Map<String, double[]> gradients = gradients(model, batch);
    Map<String, Double> errors = new LinkedHashMap<>();
    for (Param param : model.params().all()) {
      double[] gradient = gradients.getOrDefault(param.name(), new double[0]);
      errors.put(param.name(), error(gradient, (at, by) -> loss(model, batch, param, at, by)));
    }
    return errors;
  }

  /** Those of a model of classes, over {@link Tiny}'s batch. */
  public static Map<String, double[]> gradients(Model<Integer> model) {
    return gradients(model, new Labelled<>(Tiny.batch(), Tiny.gold()));
  }

  /** The gradient of every parameter, by its name. */
  public static <Y> Map<String, double[]> gradients(Model<Y> model, Labelled<Y> batch) {
    Tensors tensors = model.tensors();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    model.params().all().forEach(p -> DjlTensor.nd(p.value()).setRequiresGradient(true));
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(DjlTensor.nd(model.loss(batch, Randomness.FIXED)));
      }
      for (Param param : model.params().all()) {
        NDArray gradient = DjlTensor.nd(param.value()).getGradient();
        gradients.put(param.name(), tensors.doubles(new DjlTensor(gradient)));
        gradient.subi(gradient);
      }
    }
    return gradients;
  }

  /** The loss where one coordinate is moved by a little. */
  private interface Moved {
    double loss(int at, double by);
  }

  private static double error(double[] gradient, Moved moved) {
    double scale = Arrays.stream(gradient).map(Math::abs).max().orElse(0) + 1e-8;
    Random random = new Random(1);
    double worst = 0;
    for (int i = 0; i < Math.min(COORDINATES, gradient.length); i++) {
      int at = random.nextInt(gradient.length);
      double numeric = (moved.loss(at, STEP) - moved.loss(at, -STEP)) / (2 * STEP);
      worst = Math.max(worst, Math.abs(numeric - gradient[at]) / scale);
    }
    return worst;
  }

  private static <Y> double loss(
      Model<Y> model, Labelled<Y> batch, Param param, int at, double by) {
    Tensors tensors = model.tensors();
    double[] values = tensors.doubles(param.value());
    double[] moved = values.clone();
    moved[at] += by;
    tensors.assign(param.value(), moved);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return tensors.doubles(model.loss(batch, Randomness.FIXED))[0];
    } finally {
      tensors.assign(param.value(), values);
    }
  }
}
