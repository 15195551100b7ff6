package org.trimtab.methods.idpg;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Point;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.method.FrozenFeature;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/**
 * The state of [CLS] after a pass of the frozen model without any prompt, for all layers the same.
 * The released code leaves the model's dropout on in that pass; here it is off, so that each text's
 * vector is computed once.
 */
public record FirstPass() implements SentenceEncoder {
  @Override
  public Reader open(Setup setup, Optional<Integer> layer) {
    Backbone backbone = setup.backbone();
    List<String> poolers =
        setup.spec().sites(EnumSet.of(Point.POOLER)).stream().map(backbone::path).toList();
    if (!backbone.params().all().stream()
        .allMatch(p -> poolers.stream().anyMatch(p.name()::startsWith))) {
      throw new Invalid(
          "encoder",
          "the first pass is one of a frozen model, but the backbone trains; allowed"
              + " embedding-mean, word-vectors");
    }
    FrozenFeature cls = new Cls(backbone);
    int width = setup.spec().hidden();
    return new Reader() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public Tensor of(At at, Forward forward) {
        return forward.features().of(cls);
      }
    };
  }

  private record Cls(Backbone backbone) implements FrozenFeature {
    @Override
    public String name() {
      return "first-pass-cls";
    }

    @Override
    public Tensor of(Input input) {
      Hidden hidden = backbone.forward(input, Contribution.NONE, Dropout.OFF);
      return hidden.rows().cls(hidden.states());
    }
  }
}
