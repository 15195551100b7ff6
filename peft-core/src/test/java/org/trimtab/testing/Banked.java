package org.trimtab.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.bank.AdapterBank;
import org.trimtab.bank.Request;
import org.trimtab.batch.Batch;
import org.trimtab.head.Prediction;
import org.trimtab.method.PeftModule;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** Holds a bank to what its models predict alone. */
public final class Banked {
  private Banked() {}

  /** Compares {@code model} in a bank, beside a prompt and low-rank deltas, with itself alone. */
  static void check(Tiny tiny, Model<Integer> model) {
    Map<String, Model<?>> models = new LinkedHashMap<>();
    models.put("prompt", tiny.model(prompt(tiny)));
    models.put("own", model);
    models.put("low rank", tiny.model(lowRank(tiny)));
    List<String> names = List.of("prompt", "own", "low rank", "own", "prompt", "low rank", "own");
    List<Request> requests =
        IntStream.range(0, names.size())
            .mapToObj(i -> new Request(names.get(i), Tiny.batch().examples().get(i % 4)))
            .toList();
    check(models, requests, 1e-9);
  }

  /**
   * Compares what a bank of {@code models} predicts of requests with what each model predicts alone
   * of a batch of its own requests.
   *
   * @param relative how far scores and traces may be apart, of the larger of 1 and their size
   */
  public static void check(Map<String, Model<?>> models, List<Request> requests, double relative) {
    try (AdapterBank bank = bank(models)) {
      List<Prediction<?>> together = bank.predict(requests);
      assertThat(together).hasSameSizeAs(requests);
      models.forEach(
          (name, model) -> {
            List<Integer> own =
                IntStream.range(0, requests.size())
                    .filter(i -> requests.get(i).adapter().equals(name))
                    .boxed()
                    .toList();
            List<? extends Prediction<?>> alone = alone(model, own, requests);
            same(name, own.stream().map(together::get).toList(), alone, relative);
          });
    }
  }

  /** A bank of {@code models} over one backbone. */
  public static AdapterBank bank(Map<String, Model<?>> models) {
    AdapterBank bank = new AdapterBank(models.values().iterator().next().backbone());
    models.forEach(bank::add);
    return bank;
  }

  private static <Y> List<Prediction<Y>> alone(
      Model<Y> model, List<Integer> rows, List<Request> requests) {
    List<Integer> indices = IntStream.range(0, rows.size()).boxed().toList();
    Batch batch = new Batch(indices, rows.stream().map(i -> requests.get(i).example()).toList());
    return Evaluator.predict(model, List.of(batch));
  }

  /** Holds predictions to expected ones; {@code relative} as in {@link #check}. */
  public static void same(
      String name,
      List<? extends Prediction<?>> found,
      List<? extends Prediction<?>> expected,
      double relative) {
    assertThat(found).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      same(name, found.get(i), expected.get(i), relative);
    }
  }

  private static void same(String name, Prediction<?> banked, Prediction<?> alone, double near) {
    assertThat(banked.trace().keySet()).as(name).isEqualTo(alone.trace().keySet());
    List<Double> expected = new ArrayList<>(alone.scores());
    expected.addAll(alone.trace().values());
    List<Double> found = new ArrayList<>(banked.scores());
    found.addAll(banked.trace().values());
    assertThat(found).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      double bound = near * Math.max(1, Math.abs(expected.get(i)));
      assertThat(found.get(i)).as(name).isCloseTo(expected.get(i), within(bound));
    }
  }

  /** Three rows before [CLS], which move the text. */
  public static PeftModule prompt(Tiny tiny) {
    int hidden = tiny.backbone().spec().hidden();
    Tensor rows = tiny.init(11).uniform(0.5, 3, hidden);
    return new SoftPrompt(new Placement(Place.FIRST, true), 3, rows);
  }

  /** x A B beside every query. */
  public static PeftModule lowRank(Tiny tiny) {
    Init init = tiny.init(12);
    Params params = new Params();
    int hidden = tiny.backbone().spec().hidden();
    Map<Site, SiteDeltas.Delta> deltas = new LinkedHashMap<>();
    for (Site site : tiny.backbone().spec().sites(Set.of(Point.QUERY))) {
      Tensor down = params.add("lora", site + ".down", init.uniform(0.5, 2, hidden));
      Tensor up = params.add("lora", site + ".up", init.uniform(0.5, hidden, 2));
      deltas.put(site, (at, out, forward) -> at.in().linear(down).linear(up));
    }
    return new SiteDeltas(params, deltas);
  }
}
