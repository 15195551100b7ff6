package org.trimtab.methods;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.bank.Request;
import org.trimtab.head.Classification;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.HeadConfig;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.MultipleChoice;
import org.trimtab.head.Pooling;
import org.trimtab.head.Regression;
import org.trimtab.head.TaskSpec;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.Banked;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** All methods at once, with heads and texts of many kinds, in one batch. */
class BankOfMethodsTest {
  private static final BackboneOptions WITH_POOLER =
      new BackboneOptions(Tuning.FROZEN, PoolerMode.FROZEN, DropoutRates.NONE);

  /** A task of another kind for each method in turn. */
  private record Kind<Y>(TaskSpec<Y> task, HeadConfig head, int choices, int spans) {
    Model<Y> model(PeftModule module, Tiny tiny) {
      return new ModelFactory(tiny.backbone(), new RandomStreams(2)).create(module, head, task);
    }

    List<Encoding> example(Random random) {
      return Stream.generate(() -> text(random, spans)).limit(choices).toList();
    }
  }

  private static final List<Kind<?>> KINDS =
      List.of(
          classes(3, new LinearHeadConfig(Pooling.CLS, 0, 0.3)),
          classes(2, new LinearHeadConfig(Pooling.MEAN, 0, 0.3)),
          classes(3, new LinearHeadConfig(Pooling.LAST, false, 0, 0.3)),
          classes(
              2, new DenseHeadConfig(Pooling.CLS, DenseHeadConfig.Activation.GELU, true, 0, 0.3)),
          classes(4, new DenseHeadConfig(Pooling.MAX, 0, 0.3)),
          classes(2, new DenseHeadConfig(Pooling.FIRST, 0, 0.3)),
          classes(3, new LinearHeadConfig(Pooling.POOLER, 0, 0.3)),
          classes(2, new LinearHeadConfig(Pooling.POOLER_FIRST, 0, 0.3)),
          new Kind<>(
              new TaskSpec<>(Double.class, new Regression()),
              new LinearHeadConfig(Pooling.CLS, 0, 0.3),
              1,
              0),
          new Kind<>(
              new TaskSpec<>(Integer.class, new MultipleChoice(3)),
              new LinearHeadConfig(Pooling.MEAN, 0, 0.3),
              3,
              0),
          new Kind<>(
              new TaskSpec<>(Integer.class, Optional.of(new Classification(2)), 2),
              new DenseHeadConfig(Pooling.CLS, 0, 0.3),
              1,
              2));

  private static Kind<Integer> classes(int count, HeadConfig head) {
    return new Kind<>(new TaskSpec<>(Integer.class, new Classification(count)), head, 1, 0);
  }

  private static Encoding text(Random random, int spans) {
    int length = 3 + random.nextInt(10);
    List<TokenRange> ranges =
        Stream.generate(() -> random.nextInt(length - 1))
            .limit(spans)
            .map(from -> new TokenRange(from, from + 1 + random.nextInt(length - from)))
            .toList();
    return new Encoding(
        new Texts("word " + random.nextInt(9), Optional.empty()),
        random.ints(length, 3, 40).toArray(),
        new byte[length],
        ranges,
        Encoding.Cut.NOTHING);
  }

  static Stream<Arguments> cases() {
    return Stream.of("bert", "roberta")
        .flatMap(
            family ->
                Stream.of(
                    Arguments.of(family, Precision.FP64, 1e-10),
                    Arguments.of(family, Precision.FP32, 1e-5)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allMethodsInOneBatchPredictAsAlone(String family, Precision precision, double relative) {
    try (Tiny tiny = Tiny.of(family, WITH_POOLER, precision)) {
      Map<String, Model<?>> models = new LinkedHashMap<>();
      List<Request> requests = new ArrayList<>();
      Random random = new Random(4);
      new ContractTest()
          .methods()
          .forEach(
              (name, config) -> {
                Kind<?> kind = KINDS.get(models.size() % KINDS.size());
                models.put(name, kind.model(module(config, tiny), tiny));
                for (int i = 0; i <= models.size() % 3; i++) {
                  requests.add(random.nextInt(requests.size() + 1), request(name, kind, random));
                }
              });
      randomize(models.values(), tiny);
      Banked.check(models, requests, relative);
    }
  }

  private static Request request(String name, Kind<?> kind, Random random) {
    return new Request(name, kind.example(random));
  }

  private static PeftModule module(MethodConfig config, Tiny tiny) {
    Setup setup = tiny.setup(1);
    org.trimtab.method.Methods methods = Methods.registry();
    return methods.create(
        config, new Setup(setup.backbone(), setup.init(), setup.vocabulary(), methods));
  }

  private static void randomize(Iterable<Model<?>> models, Tiny tiny) {
    Init init = tiny.init(5);
    for (Model<?> model : models) {
      for (Param param : model.params().all()) {
        long[] shape = tiny.tensors().shape(param.value());
        tiny.tensors().assign(param.value(), tiny.tensors().doubles(init.uniform(0.3, shape)));
      }
    }
  }
}
