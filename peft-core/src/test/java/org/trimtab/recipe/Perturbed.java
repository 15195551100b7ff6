package org.trimtab.recipe;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.batch.Labelled;
import org.trimtab.method.Trace;
import org.trimtab.model.Model;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * Two passes of one model, the second with a learned shift and a sampled noise added where the
 * first layer begins. Its loss is how far the states move, against their mean movement so far: what
 * is remembered determines what is minimised.
 */
final class Perturbed implements Recipe<Integer> {
  static final String SHIFT = "recipe.shift";
  private static final double NOISE = 0.1;
  private static final Site START = new Site(Stack.ENCODER, 0, Point.LAYER_INPUT);
  private final Model<Integer> model;
  private final Params params;
  private final Tensor shift;
  private long passes;
  private double mean;
  private int epochs;

  Perturbed(RecipeSetup<Integer> setup) {
    model = setup.model();
    params = new Params().addAll("", model.params());
    int hidden = model.backbone().spec().hidden();
    shift = params.add("recipe", SHIFT, setup.init().normal(0.1, 1, 1, hidden));
  }

  @Override
  public Model<Integer> scored() {
    return model;
  }

  @Override
  public Params params() {
    return params;
  }

  int epochs() {
    return epochs;
  }

  @Override
  public Tensor loss(Labelled<Integer> batch, Randomness randomness) {
    Hidden plain = model.hidden(batch.batch(), randomness.dropout(), Trace.NONE);
    Random random = randomness.stream("perturbation");
    Hidden moved =
        model.hidden(batch.batch(), randomness.dropout(), Trace.NONE, perturbation(random));
    Tensor away = moved.states().sub(plain.states());
    Tensor distance = away.mul(away).mean();
    Tensor loss = model.head().loss(plain, batch, randomness).add(distance.mul(1 / (1 + mean)));
    remember(model.tensors().doubles(distance)[0]);
    return loss;
  }

  private void remember(double distance) {
    mean = (mean * passes + distance) / (passes + 1);
    passes++;
  }

  private Contribution perturbation(Random random) {
    Tensors tensors = model.tensors();
    return new Contribution() {
      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        if (!at.site().equals(START)) {
          return Optional.empty();
        }
        long[] shape = tensors.shape(out);
        int size = Math.toIntExact(shape[0] * shape[1] * shape[2]);
        double[] noise = random.doubles(size, -NOISE, NOISE).toArray();
        return Optional.of(tensors.of(noise, shape).add(shift));
      }
    };
  }

  @Override
  public void endEpoch(int epoch) {
    epochs++;
  }

  @Override
  public Map<String, HostTensor> state() {
    return Map.of(
        "passes", HostTensor.of(new long[] {passes, epochs}, 2),
        "mean", HostTensor.of(new double[] {mean}, 1));
  }

  @Override
  public void restore(Map<String, HostTensor> state) {
    state.forEach(
        (name, values) -> {
          if (name.equals("passes")) {
            passes = values.longs()[0];
            epochs = (int) values.longs()[1];
          } else {
            mean = values.doubles()[0];
          }
        });
  }
}
