package org.trimtab.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.recipe.Recipe;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Tensors;

/** The engine's gradients against central differences, in fp64. */
public final class GradientCheck {
  /** How far a parameter moves, whatever its size. */
  private static final double STEP = 3e-5;

  private static final int DIRECTIONS = 2;

  private GradientCheck() {}

  /** Those of a model of classes, over {@link Tiny}'s batch. */
  public static Map<String, Double> errors(Model<Integer> model) {
    return errors(model, new Labelled<>(Tiny.batch(), Tiny.gold()));
  }

  /** Those of a model alone. */
  public static <Y> Map<String, Double> errors(Model<Y> model, Labelled<Y> batch) {
    return errors(new PlainRecipe<>(model), batch);
  }

  /**
   * The largest relative error of each parameter, along random signs: a coordinate that is wrong by
   * as much as the largest one counts whole, whichever it is.
   */
  public static <Y> Map<String, Double> errors(Recipe<Y> recipe, Labelled<Y> batch) {
    Map<String, double[]> gradients = gradients(recipe, batch);
    Map<String, Double> errors = new LinkedHashMap<>();
    for (Param param : recipe.params().all()) {
      double[] gradient = gradients.getOrDefault(param.name(), new double[0]);
      errors.put(param.name(), error(gradient, by -> loss(recipe, batch, param, by)));
    }
    return errors;
  }

  /** Those of a model of classes, over {@link Tiny}'s batch. */
  public static Map<String, double[]> gradients(Model<Integer> model) {
    return gradients(new PlainRecipe<>(model), new Labelled<>(Tiny.batch(), Tiny.gold()));
  }

  /** The gradient of every parameter, by its name. */
  public static <Y> Map<String, double[]> gradients(Recipe<Y> recipe, Labelled<Y> batch) {
    Tensors tensors = recipe.scored().tensors();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    tensors.freeing(
        () ->
            tensors
                .gradients(List.of(() -> recipe.loss(batch, Randomness.FIXED)), recipe.params())
                .all()
                .forEach(
                    g -> gradients.put(g.param().name(), tensors.doubles(g.value().tensor()))));
    return gradients;
  }

  /** The loss where a parameter is moved. */
  private interface Moved {
    double by(double[] change);
  }

  private static double error(double[] gradient, Moved moved) {
    double scale = Arrays.stream(gradient).map(Math::abs).max().orElse(0) + 1e-8;
    double step = STEP / Math.sqrt(gradient.length);
    Random random = new Random(1);
    double worst = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
      double[] signs = random.ints(gradient.length, 0, 2).mapToDouble(s -> 2 * s - 1).toArray();
      double numeric = (moved.by(times(signs, step)) - moved.by(times(signs, -step))) / (2 * step);
      double along =
          IntStream.range(0, signs.length).mapToDouble(j -> signs[j] * gradient[j]).sum();
      worst = Math.max(worst, Math.abs(numeric - along) / scale);
    }
    return worst;
  }

  private static double[] times(double[] signs, double step) {
    return Arrays.stream(signs).map(sign -> sign * step).toArray();
  }

  private static <Y> double loss(
      Recipe<Y> recipe, Labelled<Y> batch, Param param, double[] change) {
    Tensors tensors = recipe.scored().tensors();
    double[] values = tensors.doubles(param.value());
    double[] moved =
        IntStream.range(0, values.length).mapToDouble(i -> values[i] + change[i]).toArray();
    tensors.assign(param.value(), moved);
    try {
      return tensors.freeing(() -> tensors.doubles(recipe.loss(batch, Randomness.FIXED))[0]);
    } finally {
      tensors.assign(param.value(), values);
    }
  }
}
