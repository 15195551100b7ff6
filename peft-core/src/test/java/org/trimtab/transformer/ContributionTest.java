package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.batch.Batch;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** What a contribution may add to an encoder, and where. */
class ContributionTest {
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta"})
  @Retention(RetentionPolicy.RUNTIME)
  private @interface OnEveryFamily {}

  private static final BackboneOptions POOLED =
      new BackboneOptions(Tuning.FROZEN, PoolerMode.FROZEN, DropoutRates.NONE);

  private static double[] states(Tiny tiny, Contribution contribution) {
    return states(tiny, contribution, Dropout.OFF);
  }

  private static double[] states(Tiny tiny, Contribution contribution, Dropout dropout) {
    Hidden hidden = tiny.backbone().forward(full().input(tiny.backbone()), contribution, dropout);
    Tensor read =
        hidden
            .pooler()
            .map(pooler -> pooler.apply(hidden.rows().cls(hidden.states())))
            .orElse(hidden.states());
    return tiny.tensors().doubles(read);
  }

  /** Two texts without padding. */
  private static Batch full() {
    return new Batch(
        List.of(0, 1), List.of(List.of(text(3, 8, 13, 18, 23)), List.of(text(4, 9, 14, 19, 24))));
  }

  private static Encoding text(int... tokens) {
    return new Encoding(new Texts("", Optional.empty()), tokens, new byte[tokens.length]);
  }

  @OnEveryFamily
  void everySiteIsVisitedOnce(String family) {
    try (Tiny tiny = Tiny.of(family, POOLED, Precision.FP64)) {
      Map<Site, Integer> visits = new LinkedHashMap<>();
      states(
          tiny,
          new Contribution() {
            @Override
            public Optional<Tensor> delta(At at, Tensor out) {
              visits.merge(at.site(), 1, Integer::sum);
              return Optional.empty();
            }
          });
      assertThat(visits.keySet())
          .containsExactlyInAnyOrderElementsOf(
              tiny.backbone().spec().sites(EnumSet.allOf(Point.class)));
      assertThat(visits.values()).containsOnly(1);
    }
  }

  @OnEveryFamily
  void aDeltaIsAddedAtItsSiteAlone(String family) {
    try (Tiny tiny = Tiny.of(family)) {
      double[] bare = states(tiny, Contribution.NONE);
      for (Site site : tiny.backbone().spec().sites(EnumSet.allOf(Point.class))) {
        double[] moved = states(tiny, scaled(site, 0.5));
        // A constant factor on queries or keys still moves the attention's weights.
        assertThat(moved).as(site.toString()).isNotEqualTo(bare);
        assertThat(states(tiny, scaled(site, 0))).as(site.toString()).isEqualTo(bare);
      }
    }
  }

  private static Contribution scaled(Site site, double factor) {
    return new Contribution() {
      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        return at.site().equals(site) ? Optional.of(out.mul(factor)) : Optional.empty();
      }
    };
  }

  /** Every key and value twice: each pair of equal weights adds up to the one weight of before. */
  @OnEveryFamily
  void aPrefixOfTheTextsOwnKeysAndValuesChangesNothing(String family) {
    try (Tiny tiny = Tiny.of(family)) {
      assertThat(states(tiny, new Doubled(1)))
          .containsExactly(states(tiny, Contribution.NONE), within(1e-12));
      assertThat(states(tiny, new Doubled(0.9))).isNotEqualTo(states(tiny, Contribution.NONE));
    }
  }

  /** Puts an attention's own keys and scaled values before it. */
  private static final class Doubled implements Contribution {
    private final Map<Point, Tensor> seen = new HashMap<>();
    private final double scale;

    Doubled(double scale) {
      this.scale = scale;
    }

    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      seen.put(at.site().point(), out);
      return Optional.empty();
    }

    @Override
    public Optional<KeyValue> prefix(At at) {
      Tensor key = seen.getOrDefault(Point.KEY, at.in());
      Tensor value = seen.getOrDefault(Point.VALUE, at.in());
      return Optional.of(new KeyValue(5, key, value.mul(scale)));
    }
  }

  @OnEveryFamily
  void theBackbonesDropoutFollowsItsRatesAndTheSeed(String family) {
    double[] without;
    try (Tiny tiny = Tiny.of(family)) {
      without = states(tiny, Contribution.NONE);
      assertThat(states(tiny, Contribution.NONE, Dropout.ON)).isEqualTo(without);
    }
    for (DropoutRates rates : List.of(new DropoutRates(0.1, 0), new DropoutRates(0, 0.1))) {
      BackboneOptions options = new BackboneOptions(Tuning.FROZEN, PoolerMode.NONE, rates);
      try (Tiny tiny = Tiny.of(family, options, Precision.FP64)) {
        assertThat(states(tiny, Contribution.NONE)).isEqualTo(without);
        double[] first = dropped(tiny, 1);
        assertThat(first).isNotEqualTo(without).isEqualTo(dropped(tiny, 1));
        assertThat(Arrays.equals(first, dropped(tiny, 2))).isFalse();
      }
    }
  }

  private static double[] dropped(Tiny tiny, int seed) {
    Engine.getInstance().setRandomSeed(seed);
    return states(tiny, Contribution.NONE, Dropout.ON);
  }
}
