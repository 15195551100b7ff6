package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.batch.Batch;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.Tiny;
import org.trimtab.testing.TinyWeights;
import org.trimtab.transformer.linear.Products;
import org.trimtab.transformer.options.BackboneOptions;

/** Layers by oneDNN's products against those by the engine's, which any processor can compute. */
class OneDnnTest {
  /** The feed-forward is wider than one product: it has three parts. */
  private static final BertConfig WIDE =
      new BertConfig("bert", 16, 2, 4, 2100, 50, 24, 1e-12, "gelu", 0, 2);

  /** An activation that oneDNN has no form of. */
  private static final BertConfig TANH =
      new BertConfig("bert", 16, 2, 4, 32, 50, 24, 1e-12, "gelu_new", 0, 2);

  /** What is looked into, and so which kernels compute. */
  enum Looking {
    NOWHERE,
    AT_ALL_LINEAR_LAYERS,
    AT_ATTENTION
  }

  @ParameterizedTest
  @EnumSource
  void statesAndGradientsAreThoseOfTheEnginesOwnProducts(Looking looking) {
    for (BertConfig config : List.of(WIDE, TANH)) {
      Result expected = result(config, Products.DEFAULT, looking);
      Result found = result(config, Products.ONEDNN, looking);
      assertThat(difference(found.states(), expected.states())).isLessThan(1e-5);
      assertThat(difference(found.gradient(), expected.gradient())).isLessThan(1e-4);
    }
  }

  /** Of the last layer, and of the rows that are added before the first one. */
  private record Result(double[] states, double[] gradient) {}

  private static Result result(BertConfig config, Products products, Looking looking) {
    DjlTensors tensors = DjlTensors.open(Precision.FP32);
    try (Backbone backbone =
        Backbones.load(
            config.architecture(),
            TinyWeights.of(config),
            BackboneOptions.FROZEN,
            tensors,
            products)) {
      Batch batch = Tiny.batch();
      Tensor added = tensors.of(new double[16], 1, 1, 16);
      Params params = new Params();
      params.add("test", "added", added);
      Contribution contribution = new Looked(looking, added, tensors);
      double[] states =
          tensors.doubles(
              backbone.forward(batch.input(backbone), contribution, Dropout.OFF).states());
      double[][] gradient = new double[1][];
      tensors
          .gradients(
              List.of(
                  () -> {
                    Tensor end =
                        backbone.forward(batch.input(backbone), contribution, Dropout.OFF).states();
                    return end.mul(end).mul(end).mean();
                  }),
              params)
          .all()
          .forEach(g -> gradient[0] = tensors.doubles(g.value().tensor()));
      return new Result(states, gradient[0]);
    }
  }

  /** Adds to what enters the first layer, and looks in where it is told to. */
  private record Looked(Looking looking, Tensor added, Tensors tensors) implements Contribution {
    @Override
    public boolean visits(Site site) {
      return (site.point() == Point.LAYER_INPUT && site.layer() == 0)
          || switch (looking) {
            case NOWHERE -> false;
            case AT_ALL_LINEAR_LAYERS -> linear().contains(site.point());
            case AT_ATTENTION -> site.point() == Point.ATTENTION;
          };
    }

    private static Set<Point> linear() {
      return EnumSet.of(
          Point.QUERY, Point.VALUE, Point.ATTENTION_OUT, Point.FFN_UP, Point.FFN_DOWN);
    }

    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      return at.site().equals(new Site(at.site().stack(), 0, Point.LAYER_INPUT))
          ? Optional.of(out.zerosLike().add(added.view(1, 1, 16)))
          : Optional.empty();
    }

    @Override
    public Optional<KeyValue> prefix(At at) {
      if (looking != Looking.AT_ATTENTION) {
        return Optional.empty();
      }
      Tensor row = at.in().rows(0, 1).detach();
      return Optional.of(new KeyValue(1, row, row));
    }
  }

  private static double difference(double[] found, double[] expected) {
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - expected[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return largest / scale;
  }
}
