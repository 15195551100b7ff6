package org.trimtab.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Trace;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The contract catches a contribution that visits more sites than it says. */
class VisitsTest {
  /** Adds to queries, joins a prompt, puts a prefix before an attention, and traces a layer. */
  private record Busy(Set<Point> told, Trace trace) implements Contribution {
    @Override
    public boolean visits(Site site) {
      return told.contains(site.point());
    }

    @Override
    public List<Prompt> prompts(At at) {
      if (at.site().point() != Point.EMBEDDING) {
        return List.of();
      }
      Tensor row = at.in().rows(0, 1);
      return List.of(new Prompt(Place.AFTER_CLS, true, 1, row));
    }

    @Override
    public Optional<KeyValue> prefix(At at) {
      Tensor row = at.in().rows(0, 1);
      return Optional.of(new KeyValue(1, row, row));
    }

    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      if (at.site().equals(new Site(Stack.ENCODER, 1, Point.LAYER_INPUT))) {
        trace.add("layer", at.in().sumLast().rows(0, 1));
      }
      return at.site().point() == Point.QUERY ? Optional.of(out) : Optional.empty();
    }
  }

  private record Module(Set<Point> told) implements PeftModule {
    @Override
    public Params params() {
      return new Params();
    }

    @Override
    public Contribution contribute(Forward forward) {
      return new Busy(told, forward.trace());
    }
  }

  private static void check(Point... told) {
    try (Tiny tiny = Tiny.of("bert")) {
      Visits.check(tiny, tiny.model(new Module(Set.of(told))));
    }
  }

  @Test
  void whoTellsAllThatItVisitsPasses() {
    assertThatCode(() -> check(Point.EMBEDDING, Point.LAYER_INPUT, Point.QUERY, Point.ATTENTION))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(Point.values())).doesNotThrowAnyException();
  }

  @Test
  void whoKeepsAVisitBackIsCaught() {
    caught(Point.LAYER_INPUT, Point.QUERY, Point.ATTENTION);
    caught(Point.EMBEDDING, Point.QUERY, Point.ATTENTION);
    caught(Point.EMBEDDING, Point.LAYER_INPUT, Point.ATTENTION);
    caught(Point.EMBEDDING, Point.LAYER_INPUT, Point.QUERY);
  }

  private static void caught(Point... told) {
    assertThatThrownBy(() -> check(told)).isInstanceOf(AssertionError.class);
  }
}
