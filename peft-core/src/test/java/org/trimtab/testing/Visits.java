package org.trimtab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.model.Model;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** Holds a contribution to the sites that it says it visits. */
final class Visits {
  private Visits() {}

  /** Scores and traces keep every bit where the method is asked nothing at all other sites. */
  static void check(Tiny tiny, Model<Integer> model) {
    Model<Integer> asked =
        new Model<>(model.backbone(), new Asked(model.module()), model.head(), model.features());
    assertThat(seen(tiny, asked)).usingRecursiveComparison().isEqualTo(seen(tiny, model));
  }

  private static Map<String, double[]> seen(Tiny tiny, Model<Integer> model) {
    Map<String, double[]> seen = new LinkedHashMap<>();
    Tensor scores =
        Tiny.scores(
            model,
            Tiny.batch(),
            Dropout.OFF,
            (name, values) -> seen.put("trace " + name, tiny.tensors().doubles(values)));
    seen.put("scores", tiny.tensors().doubles(scores));
    return seen;
  }

  /** A module that is asked at the visited sites alone. */
  private record Asked(PeftModule own) implements PeftModule {
    @Override
    public Params params() {
      return own.params();
    }

    @Override
    public Contribution contribute(Forward forward) {
      return new AtVisited(own.contribute(forward));
    }
  }

  private record AtVisited(Contribution own) implements Contribution {
    @Override
    public boolean visits(Site site) {
      return own.visits(site);
    }

    @Override
    public List<Prompt> prompts(At at) {
      return visits(at.site()) ? own.prompts(at) : List.of();
    }

    @Override
    public int shift(Stack stack) {
      return own.shift(stack);
    }

    @Override
    public Optional<KeyValue> prefix(At at) {
      return visits(at.site()) ? own.prefix(at) : Optional.empty();
    }

    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      return visits(at.site()) ? own.delta(at, out) : Optional.empty();
    }

    @Override
    public Optional<Tensor> reads(At at, Tensor out) {
      return visits(at.site()) ? own.reads(at, out) : Optional.empty();
    }
  }
}
