package org.trimtab.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.recipe.Recipe;
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

  /** Those of a model alone. */
  public static <Y> Map<String, Double> errors(Model<Y> model, Labelled<Y> batch) {
    return errors(new PlainRecipe<>(model), batch);
  }

  /** The largest relative error of each parameter, over some of its coordinates. */
  public static <Y> Map<String, Double> errors(Recipe<Y> recipe, Labelled<Y> batch) {
    Map<String, double[]> gradients = gradients(recipe, batch);
    Map<String, Double> errors = new LinkedHashMap<>();
    for (Param param : recipe.params().all()) {
      double[] gradient = gradients.getOrDefault(param.name(), new double[0]);
      errors.put(param.name(), error(gradient, (at, by) -> loss(recipe, batch, param, at, by)));
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
      Recipe<Y> recipe, Labelled<Y> batch, Param param, int at, double by) {
    Tensors tensors = recipe.scored().tensors();
    double[] values = tensors.doubles(param.value());
    double[] moved = values.clone();
    moved[at] += by;
    tensors.assign(param.value(), moved);
    try {
      return tensors.freeing(() -> tensors.doubles(recipe.loss(batch, Randomness.FIXED))[0]);
    } finally {
      tensors.assign(param.value(), values);
    }
  }
}
