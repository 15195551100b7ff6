package org.trimtab.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.model.Model;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** The engine's gradients against central differences, in fp64. */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final int COORDINATES = 8;

  private GradientCheck() {}

  /** The largest relative error of each parameter, over some of its coordinates. */
  public static Map<String, Double> errors(Model<Integer> model) {
    Map<String, double[]> gradients = gradients(model);
    Map<String, Double> errors = new LinkedHashMap<>();
    for (Param param : model.params().all()) {
      double[] gradient = gradients.getOrDefault(param.name(), new double[0]);
      errors.put(param.name(), error(model, param, gradient));
    }
    return errors;
  }

  /** The gradient of every parameter, by its name. */
  public static Map<String, double[]> gradients(Model<Integer> model) {
    Tensors tensors = model.tensors();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    tensors.freeing(
        () ->
            tensors
                .gradients(List.of(() -> loss(model)), model.params())
                .all()
                .forEach(
                    g -> gradients.put(g.param().name(), tensors.doubles(g.value().tensor()))));
    return gradients;
  }

  private static double error(Model<Integer> model, Param param, double[] gradient) {
    double scale = Arrays.stream(gradient).map(Math::abs).max().orElse(0) + 1e-8;
    Random random = new Random(1);
    double worst = 0;
    for (int i = 0; i < Math.min(COORDINATES, gradient.length); i++) {
      int at = random.nextInt(gradient.length);
      double numeric = (loss(model, param, at, STEP) - loss(model, param, at, -STEP)) / (2 * STEP);
      worst = Math.max(worst, Math.abs(numeric - gradient[at]) / scale);
    }
    return worst;
  }

  private static double loss(Model<Integer> model, Param param, int at, double by) {
    Tensors tensors = model.tensors();
    double[] values = tensors.doubles(param.value());
    double[] moved = values.clone();
    moved[at] += by;
    tensors.assign(param.value(), moved);
    try {
      return tensors.freeing(() -> tensors.doubles(loss(model))[0]);
    } finally {
      tensors.assign(param.value(), values);
    }
  }

  private static Tensor loss(Model<Integer> model) {
    Input input = Tiny.batch().input(model.tensors());
    return model.loss(input, Tiny.gold(), Dropout.OFF);
  }
}
