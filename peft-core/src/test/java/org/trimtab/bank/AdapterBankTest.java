package org.trimtab.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trimtab.backbone.Contribution;
import org.trimtab.base.UserError;
import org.trimtab.head.Prediction;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.model.Model;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.testing.Banked;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

@Timeout(60)
class AdapterBankTest {
  /** Between passes of other rows. */
  private static final double NEAR = 1e-12;

  private final Tiny tiny = Tiny.of("bert");
  private final AdapterBank bank = new AdapterBank(tiny.backbone());
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void close() {
    threads.shutdownNow();
    bank.close();
    tiny.close();
  }

  private static Request request(String adapter, int text) {
    return new Request(adapter, Tiny.batch().examples().get(text));
  }

  private static Encoding text(int length, List<TokenRange> spans) {
    return new Encoding(
        new Texts("", Optional.empty()),
        new int[length],
        new byte[length],
        spans,
        Encoding.Cut.NOTHING);
  }

  private Model<Integer> plain() {
    return tiny.model(PeftModule.none());
  }

  @Test
  void namesAreInTheOrderInWhichTheyCame() {
    bank.add("b", plain());
    bank.add("a", plain());
    assertThat(bank.names()).containsExactly("b", "a");
    bank.drop("b");
    assertThat(bank.names()).containsExactly("a");
    assertThat(bank.predict(List.of())).isEmpty();
  }

  @Test
  void aNameIsThereOnce() {
    bank.add("a", plain());
    Model<Integer> other = plain();
    assertThatThrownBy(() -> bank.add("a", other))
        .isInstanceOf(UserError.class)
        .hasMessage("there is an adapter 'a' already; allowed another name");
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatAreThere() {
    bank.add("a", plain());
    bank.add("b", plain());
    List<Request> requests = List.of(request("a", 0), request("c", 1));
    assertThatThrownBy(() -> bank.predict(requests))
        .isInstanceOf(UserError.class)
        .hasMessage("no adapter of that name; found 'c'; allowed a, b");
    assertThatThrownBy(() -> bank.drop("c"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("c");
    bank.drop("a"); // a refused batch keeps nobody waiting
    bank.drop("b");
    assertThatThrownBy(() -> bank.drop("a")).hasMessageEndingWith("allowed none");
  }

  @Test
  void anAdapterOfAnotherBackboneIsRefused() {
    try (Tiny other = Tiny.of("bert")) {
      Model<Integer> stranger = other.model(PeftModule.none());
      assertThatThrownBy(() -> bank.add("x", stranger))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("adapter 'x': it was made over another backbone");
    }
  }

  @Test
  void aMergedModelIsRefused() {
    Model<Integer> merged =
        new Model<>(tiny.backbone().with(Map.of()), PeftModule.none(), plain().head());
    assertThatThrownBy(() -> bank.add("x", merged)).hasMessageContaining("merged");
  }

  @Test
  void aModelWhoseBackboneTrainsIsRefused() {
    BackboneOptions full = new BackboneOptions(Tuning.FULL, PoolerMode.NONE, DropoutRates.NONE);
    try (Tiny whole = Tiny.of("bert", full, Precision.FP64);
        AdapterBank over = new AdapterBank(whole.backbone())) {
      Model<Integer> tuned = whole.model(PeftModule.none());
      assertThatThrownBy(() -> over.add("x", tuned))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("adapter 'x': weights of its backbone train too");
    }
  }

  @Test
  void whatAHeadCannotReadIsRefused() {
    bank.add("a", plain());
    refused(new Request("a", List.of(text(3, List.of()), text(4, List.of()))), "2 choices");
    refused(new Request("a", text(5, List.of(new TokenRange(1, 2)))), "1 marked places");
    refused(new Request("a", List.of()), "without a text");
  }

  @Test
  void aTextThatIsTooLongBesideItsPromptIsRefused() {
    bank.add("a", plain());
    bank.add("prompt", tiny.model(Banked.prompt(tiny)));
    int positions = tiny.backbone().spec().positions();
    assertThat(bank.predict(List.of(new Request("a", text(positions, List.of()))))).hasSize(1);
    refused(new Request("a", text(positions + 1, List.of())), "allowed up to " + positions);
    refused(new Request("prompt", text(positions, List.of())), "allowed up to " + (positions - 3));
  }

  private void refused(Request request, String why) {
    List<Request> requests = List.of(request("a", 0), request);
    assertThatThrownBy(() -> bank.predict(requests))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("request ")
        .hasMessageContaining(why);
  }

  @Test
  void aClosedBankServesNobody() {
    bank.add("a", plain());
    bank.close();
    assertThat(bank.names()).isEmpty();
    List<Request> requests = List.of(request("a", 0));
    assertThatThrownBy(() -> bank.predict(requests))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the bank is closed");
    Model<Integer> model = plain();
    assertThatThrownBy(() -> bank.add("b", model)).isInstanceOf(IllegalStateException.class);
    assertThat(tiny.backbone().weights()).isNotEmpty();
  }

  @Test
  void aDroppedAdaptersBatchFinishes() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    bank.add("slow", tiny.model(waiting(entered, released)));
    bank.add("plain", plain());
    List<Request> requests = List.of(request("slow", 1), request("plain", 1));
    Future<List<Prediction<?>>> running = threads.submit(() -> bank.predict(requests));
    entered.await();
    Future<?> drop = threads.submit(() -> bank.drop("slow"));
    while (bank.names().contains("slow")) {
      Thread.onSpinWait();
    }
    assertThat(bank.predict(List.of(request("plain", 0)))).hasSize(1); // others don't wait
    bank.add("slow", plain()); // nor does the name
    assertThat(drop.isDone()).isFalse();
    released.countDown();
    List<Prediction<?>> predictions = running.get();
    Banked.same("slow", predictions.subList(0, 1), predictions.subList(1, 2), NEAR);
    drop.get(30, TimeUnit.SECONDS);
    assertThat(bank.names()).containsExactly("plain", "slow");
  }

  private static PeftModule waiting(CountDownLatch entered, CountDownLatch released) {
    return new PeftModule() {
      private final Params params = new Params();

      @Override
      public Params params() {
        return params;
      }

      @Override
      public Contribution contribute(Forward forward) {
        entered.countDown();
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return Contribution.NONE;
      }
    };
  }

  @Test
  void addingAndDroppingLeavesOtherRequestsAlone() throws Exception {
    bank.add("prompt", tiny.model(Banked.prompt(tiny)));
    bank.add("low rank", tiny.model(Banked.lowRank(tiny)));
    List<Request> requests =
        List.of(request("prompt", 0), request("low rank", 1), request("prompt", 2));
    List<Prediction<?>> expected = bank.predict(requests);
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> client =
        () -> {
          int passes = 0;
          while (!done.get()) {
            Banked.same("client", bank.predict(requests), expected, NEAR);
            passes++;
          }
          return passes;
        };
    List<Future<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(threads.submit(client));
    }
    for (int i = 0; i < 40; i++) {
      String name = "guest " + i;
      bank.add(name, i % 2 == 0 ? tiny.model(Banked.prompt(tiny)) : plain());
      List<Request> mixed = new ArrayList<>(requests);
      mixed.add(1, request(name, 3));
      List<Prediction<?>> predictions = new ArrayList<>(bank.predict(mixed));
      predictions.remove(1);
      Banked.same(name, predictions, expected, NEAR);
      bank.drop(name);
    }
    done.set(true);
    for (Future<Integer> future : clients) {
      assertThat(future.get(30, TimeUnit.SECONDS)).isPositive();
    }
    assertThat(bank.names()).containsExactly("prompt", "low rank");
  }
}
