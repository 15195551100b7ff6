package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
import org.trimtab.weights.onnx.OnnxWeights;

/** A real backbone with linear layers in bfloat16, on the batch of the reference outputs. */
class MixedMiniLmTest {
  private static final Site INPUT = new Site(Stack.ENCODER, 0, Point.LAYER_INPUT);
  private static final BertConfig SHAPE =
      new BertConfig("bert", 384, 6, 12, 1536, 30522, 512, 1e-12, "gelu", 0, 2);

  /** A row added to all that enters the first layer. */
  private record Added(Tensor row) implements Contribution {
    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      return at.site().equals(INPUT) ? Optional.of(row) : Optional.empty();
    }

    @Override
    public boolean visits(Site site) {
      return site.equals(INPUT);
    }
  }

  /** The last states, and the gradient of the row that is added. */
  private record Seen(double[] states, double[] gradient) {
    static Seen of(BackboneOptions options, Map<String, HostTensor> golden) throws IOException {
      try (InputStream in =
              Objects.requireNonNull(
                  MixedMiniLmTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx"));
          OnnxWeights weights = OnnxWeights.read(in, "minilm");
          Tensors tensors = DjlTensors.open(Precision.FP32);
          Backbone backbone = Backbones.load(SHAPE.architecture(), weights, options, tensors)) {
        Input input = Golden.input(golden, "single.", tensors);
        return seen(backbone, input);
      }
    }

    private static Seen seen(Backbone backbone, Input input) {
      Tensors tensors = backbone.tensors();
      Params params = new Params();
      Tensor row = params.add("added", "row", tensors.zeros(384));
      Added added = new Added(row);
      long[] rows = tensors.shape(input.ids());
      double[] states =
          tensors.freeing(
              () ->
                  tensors.doubles(
                      backbone.forward(input, Contribution.NONE, Dropout.OFF).states()));
      Tensor aim = tensors.of(aim((int) rows[0] * 384), rows[0], 1, 384);
      double[] gradient =
          tensors.freeing(
              () ->
                  tensors.doubles(
                      tensors
                          .gradients(
                              List.of(
                                  () ->
                                      backbone
                                          .forward(input, added, Dropout.OFF)
                                          .states()
                                          .meanRows(input.mask())
                                          .mul(aim)
                                          .mean()),
                              params)
                          .all()
                          .get(0)
                          .value()
                          .tensor()));
      return new Seen(states, gradient);
    }

    /** Weights of the pooled rows, by which their mean becomes a loss that has a gradient. */
    private static float[] aim(int length) {
      float[] aim = new float[length];
      for (int i = 0; i < length; i++) {
        aim[i] = (float) Math.sin(i * 0.7);
      }
      return aim;
    }
  }

  @Test
  void statesAndGradientsAreCloseToThoseOfSinglePrecision() throws IOException {
    Map<String, HostTensor> golden =
        Golden.tensors(Golden.folder().resolve("minilm").resolve("expected.safetensors"));
    Seen exact = Seen.of(BackboneOptions.FROZEN, golden);
    Seen mixed =
        Seen.of(
            new BackboneOptions(
                Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE, KernelChoice.AUTO, true),
            golden);
    double[] states = compared(mixed.states, exact.states);
    double[] gradient = compared(mixed.gradient, exact.gradient);
    System.out.printf(
        "bf16-mixed minilm: states error %.1e, gradient error %.1e, cosine %.6f%n",
        states[0], gradient[0], gradient[1]);
    assertThat(states[0]).isBetween(1e-4, 2e-2);
    assertThat(gradient[1]).isBetween(0.999, 1 - 1e-9);
  }

  /** The relative error, and the cosine. */
  private static double[] compared(double[] found, double[] exact) {
    double difference = 0;
    double product = 0;
    double ofFound = 0;
    double ofExact = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += Math.pow(found[i] - exact[i], 2);
      product += found[i] * exact[i];
      ofFound += found[i] * found[i];
      ofExact += exact[i] * exact[i];
    }
    return new double[] {Math.sqrt(difference / ofExact), product / Math.sqrt(ofFound * ofExact)};
  }
}
