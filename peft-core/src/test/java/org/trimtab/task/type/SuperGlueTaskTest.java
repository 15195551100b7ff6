package org.trimtab.task.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.head.MultipleChoice;
import org.trimtab.head.Prediction;
import org.trimtab.task.Example;
import org.trimtab.task.FewShot;
import org.trimtab.task.Label;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.FileSpec;
import org.trimtab.task.read.SpanFields;
import org.trimtab.task.read.SpanFields.Part;
import org.trimtab.tokenizer.Span;
import org.trimtab.tokenizer.Texts;

/** SuperGLUE's layouts, from made files. */
class SuperGlueTaskTest {
  private static final Optional<String> NONE = Optional.empty();
  @TempDir Path folder = Path.of("");
  private Task<?> task;

  @BeforeEach
  void aTask() {
    task = copa(List.of("a", "b")).create();
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines));
  }

  private void refused(String message) {
    assertThatThrownBy(() -> task.load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private MultipleChoiceTaskConfig copa(List<String> choices) {
    return new MultipleChoiceTaskConfig(
        "copa",
        folder,
        "train.jsonl",
        "val.jsonl",
        Optional.of("test.jsonl"),
        "premise",
        Optional.of("question"),
        Map.of("cause", "Why?"),
        choices,
        "label",
        List.of("accuracy"),
        "accuracy");
  }

  private static String choice(String rest) {
    return "{\"premise\": \"It rained.\", \"a\": \"Clouds.\", \"b\": \"Sun.\"" + rest + "}";
  }

  @Test
  void aChoiceIsARowOfItsOwn() throws IOException {
    String line = choice(", \"question\": \"cause\", \"label\": 1, \"idx\": 7");
    write("train.jsonl", line);
    write("val.jsonl", line);
    write("test.jsonl", choice(", \"question\": \"cause\", \"idx\": 3"));
    Splits<?> splits = task.load();
    Example<?> example = splits.dev().examples().get(0);
    assertThat(example.choices())
        .containsExactly(
            new Texts("It rained. Why?", Optional.of("Clouds.")),
            new Texts("It rained. Why?", Optional.of("Sun.")));
    assertThat(splits.dev().gold().toString()).isEqualTo("[1]");
    assertThat(example.origin().idx()).containsExactly(7);
    assertThat(splits.tests().get(0).examples().get(0).gold()).isEmpty();
    assertThat(task.spec().objective().orElseThrow()).isEqualTo(new MultipleChoice(2));
  }

  @Test
  void faultsOfChoicesAreToldAtTheirLine() throws IOException {
    String good = choice(", \"question\": \"cause\", \"label\": 1");
    write("train.jsonl", good, choice(", \"question\": \"cause\", \"label\": 2"));
    refused("train.jsonl:2: label '2' is unknown; allowed a number from 0 to 1");
    write("train.jsonl", good, choice(", \"question\": \"cause\""));
    refused("train.jsonl:2: no field 'label'; found premise, a, b, question");
    write("train.jsonl", choice(", \"question\": \"effect\", \"label\": 1"));
    refused("train.jsonl:1: question 'effect' is unknown; allowed cause");
    write("train.jsonl", choice(", \"question\": \"cause\", \"label\": 1, \"idx\": -1"));
    refused("train.jsonl:1: idx: found -1; allowed a whole number from 0 on");
    write("train.jsonl", "{\"premise\": \"x\", \"question\": \"cause\", \"a\": [1], \"b\": \"y\"}");
    refused("train.jsonl:1: a: found [1]; allowed a text, a number or a truth value");
    assertThatThrownBy(() -> copa(List.of("a")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("found 1; allowed at least two fields");
  }

  private JsonlTaskConfig spans(Optional<String> pair, SpanFields... spans) {
    return new JsonlTaskConfig(
        "spans",
        folder,
        new FileSpec("train.jsonl", "text", pair, Optional.of("label"), NONE),
        new FileSpec("val.jsonl", "text", pair, Optional.of("label"), NONE),
        Map.of(),
        Optional.empty(),
        List.of(spans),
        List.of(new Label("false", "no"), new Label("true", "yes")),
        List.of("accuracy"),
        "accuracy",
        Map.of());
  }

  private static SpanFields characters(Part of, String start, String end) {
    return new SpanFields(of, Optional.of(start), Optional.of(end), NONE, NONE);
  }

  private static SpanFields words(String word, String words) {
    return new SpanFields(Part.TEXT, NONE, NONE, Optional.of(word), Optional.of(words));
  }

  @Test
  void charactersAreCountedAsCodePoints() throws IOException {
    task =
        spans(
                Optional.of("pair"),
                characters(Part.TEXT, "s1", "e1"),
                characters(Part.PAIR, "s2", "e2"))
            .create();
    String line =
        "{\"text\": \"\ud83d\ude00 bank\", \"pair\": \"a bank\", \"s1\": 2, \"e1\": %d,"
            + " \"s2\": 2, \"e2\": 6, \"label\": true}";
    write("val.jsonl", line.formatted(6));
    write("train.jsonl", line.formatted(6));
    assertThat(task.spec().spans()).isEqualTo(2);
    assertThat(task.load().train().examples().get(0).choices().get(0).spans())
        .containsExactly(new Span(false, 2, 6), new Span(true, 2, 6));
    write("train.jsonl", line.formatted(6), line.formatted(7));
    refused(
        "train.jsonl:2: s1: found characters 2 to 7, outside of the text, which has 6 characters");
    write("train.jsonl", line.formatted(2));
    refused("train.jsonl:1: s1: found characters 2 to 2, outside of the text");
    write("train.jsonl", "{\"text\": \"x\", \"pair\": \"y\", \"s1\": \"0\", \"label\": true}");
    refused("train.jsonl:1: s1: found \"0\"; allowed a whole number from 0 on");
  }

  @Test
  void wordsAreFoundByNumberInNestedObjects() throws IOException {
    task = spans(NONE, words("target.at", "target.words")).create();
    String line =
        "{\"text\": \"Ann met  the old man, he said.\","
            + " \"target\": {\"at\": %d, \"words\": \"%s\"}, \"label\": false}";
    write("val.jsonl", line.formatted(2, "the old man"));
    write(
        "train.jsonl",
        line.formatted(2, "the old man"),
        line.formatted(0, "ann"),
        line.formatted(6, "said."),
        line.formatted(2, "The other"));
    assertThat(task.load().train().examples().stream().map(e -> e.choices().get(0).spans().get(0)))
        .containsExactly(
            new Span(false, 9, 20), // without the comma
            new Span(false, 0, 3),
            new Span(false, 25, 30),
            new Span(false, 9, 16)); // other words: as many whole ones
    write("train.jsonl", line.formatted(7, "x"));
    refused(
        "train.jsonl:1: target.at: found word 7 and what follows, outside of the text, which has 7"
            + " words");
    write("train.jsonl", "{\"text\": \"x\", \"target\": 1, \"label\": true}");
    refused("train.jsonl:1: no field 'target.at'; found text, target, label");
  }

  @Test
  void settingsOfSpansAreChecked() {
    assertThatThrownBy(
            () -> new SpanFields(Part.TEXT, Optional.of("s"), NONE, Optional.of("w"), NONE))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("either start and end, or word and words");
    assertThatThrownBy(() -> spans(NONE, characters(Part.PAIR, "s", "e")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("a file has no pair");
  }

  private MultiRcTaskConfig multiRc() {
    return new MultiRcTaskConfig(
        "multirc",
        folder,
        "train.jsonl",
        "val.jsonl",
        Optional.of("test.jsonl"),
        List.of("f1-answer", "exact-match", "f1-question", "f1-answer-and-exact-match"),
        "f1-answer-and-exact-match");
  }

  private static String passage(String... questions) {
    return "{\"idx\": 4, \"passage\": {\"text\": \"P\", \"questions\": ["
        + String.join(", ", questions)
        + "]}}";
  }

  private static String question(int idx, String answers) {
    return "{\"question\": \"Q" + idx + "\", \"idx\": " + idx + ", \"answers\": [" + answers + "]}";
  }

  private static final String TWO =
      "{\"text\": \"x\", \"idx\": 8, \"label\": 1}, {\"text\": \"y\", \"idx\": 9, \"label\": 0}";

  @Test
  void anAnswerIsAnExampleOfItsQuestionsGroup() throws IOException {
    task = multiRc().create();
    write("train.jsonl", passage(question(2, TWO), question(3, TWO)));
    write("val.jsonl", passage(question(2, TWO), question(3, TWO)), passage(question(0, TWO)));
    write("test.jsonl", passage(question(2, "{\"text\": \"x\", \"idx\": 8}")));
    Split<Integer> dev = typed(multiRc()).load().dev();
    assertThat(dev.gold()).containsExactly(1, 0, 1, 0, 1, 0);
    Example<Integer> second = dev.examples().get(1);
    assertThat(second.choices()).containsExactly(new Texts("P", Optional.of("Q2 y")));
    assertThat(second.origin().idx()).containsExactly(4, 2, 9);
    assertThat(dev.examples().stream().map(e -> e.origin().group()).distinct()).hasSize(3);
    assertThat(dev.first(3).examples()).hasSize(4);
    assertThat(task.load().tests().get(0).examples().get(0).gold()).isEmpty();
    FewShot two = new FewShot(Optional.of(2), Optional.empty());
    assertThat(two.draw(dev, List.of(), new Random(1)).train().examples()).hasSize(4);
    FewShot perClass = new FewShot(Optional.empty(), Optional.of(1));
    assertThatThrownBy(() -> perClass.draw(dev, List.of(), new Random(1)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("belong to questions");
  }

  /** A classification's task, whose type only its config knows. */
  @SuppressWarnings("unchecked")
  private static Task<Integer> typed(TaskConfig config) {
    return (Task<Integer>) config.create();
  }

  @Test
  void answersAreScoredByQuestion() throws IOException {
    write("val.jsonl", passage(question(2, TWO), question(3, TWO)));
    write("train.jsonl", passage(question(2, TWO)));
    Task<Integer> multiRc = typed(multiRc());
    Split<Integer> dev = multiRc.load().dev();
    Map<String, OptionalDouble> scores = multiRc.score(dev, given(1, 0, 1, 1));
    assertThat(scores.values().stream().map(OptionalDouble::orElseThrow))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
        .containsExactly(0.8, 0.5, (1 + 1.0 / 3) / 2, 0.65);
  }

  private static List<Prediction<Integer>> given(int... values) {
    return java.util.Arrays.stream(values)
        .mapToObj(v -> new Prediction<>(v, List.of(1.0 - v, (double) v)))
        .toList();
  }

  @Test
  void faultsOfNestedObjectsAreToldAtTheirPath() throws IOException {
    task = multiRc().create();
    write("train.jsonl", passage(question(2, TWO), question(3, "{\"text\": \"x\", \"idx\": 1}")));
    refused("train.jsonl:1: passage: questions[1]: answers[0]: no field 'label'; found text, idx");
    write("train.jsonl", passage(question(2, TWO), question(3, "")));
    refused(
        "train.jsonl:1: passage: questions[1]: answers: found []; allowed a list of one object or more");
    write("train.jsonl", passage("7"));
    refused("train.jsonl:1: passage: questions[0]: no JSON object");
    write("train.jsonl", "{\"idx\": 0, \"text\": \"x\"}");
    refused("train.jsonl:1: no field 'passage'; found idx, text");
  }

  private RecordTaskConfig record() {
    return new RecordTaskConfig(
        "record",
        folder,
        "train.jsonl",
        "val.jsonl",
        Optional.empty(),
        List.of("f1-token", "exact-match", "f1-token-and-exact-match"),
        "f1-token-and-exact-match");
  }

  private static String news(String query, String answer, int end) {
    return ("{\"idx\": 0, \"passage\": {\"text\": \"The White House and Ann met Ann.\", \"entities\":"
            + " [{\"start\": 4, \"end\": 14}, {\"start\": 20, \"end\": 22},"
            + " {\"start\": 28, \"end\": %d}]}, \"qas\": [{\"idx\": 5, \"query\": \"%s\","
            + " \"answers\": [{\"text\": \"%s\"}, {\"text\": \"the house\"}]}]}")
        .formatted(end, query, answer);
  }

  @Test
  void eachEntityStandsOnceInTheQuerysPlace() throws IOException {
    write("train.jsonl", news("@placeholder sat.", "Ann", 30));
    write("val.jsonl", news("@placeholder sat.", "Ann", 30));
    Task<Integer> record = typed(record());
    Split<Integer> dev = record.load().dev();
    assertThat(dev.examples().stream().map(e -> e.pair().orElseThrow()))
        .containsExactly("White House sat.", "Ann sat.");
    assertThat(dev.gold()).containsExactly(0, 1);
    assertThat(dev.examples().get(0).origin().idx()).containsExactly(5);
    List<Prediction<Integer>> unsure =
        Stream.of(0.2, 0.1).map(p -> new Prediction<>(0, List.of(1 - p, p))).toList();
    assertThat(record.decide(dev.examples(), unsure).stream().map(Prediction::value))
        .containsExactly(1, 0);
    Example<Integer> alone = new Example<>("", "text", NONE, Optional.empty());
    assertThat(record.decide(List.of(alone), unsure.subList(0, 1)).get(0).value()).isZero();
    Map<String, OptionalDouble> scores = record.score(dev, record.decide(dev.examples(), unsure));
    // "white house" against "house", the nearer one of both right texts
    assertThat(scores.getOrDefault("f1-token", OptionalDouble.empty()).orElseThrow())
        .isCloseTo(2.0 / 3, within(1e-12));
    assertThat(scores.get("exact-match")).isEqualTo(OptionalDouble.of(0));
    assertThat(record.baseline(record.mainMetric(), dev, dev).orElseThrow())
        .isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void faultsOfEntitiesAndQueriesAreTold() throws IOException {
    task = record().create();
    write("train.jsonl", news("@placeholder sat.", "Ann", 32));
    refused(
        "train.jsonl:1: passage: entities[2]: found characters 28 to 32, outside of the text, which"
            + " has 32 characters");
    write("train.jsonl", news("Nobody sat.", "Ann", 30));
    refused("train.jsonl:1: qas[0]: query: holds no @placeholder");
  }

  @Test
  void diagnosticsHaveMetricsOfTheirOwn() throws IOException {
    write("train.jsonl", "{\"text\": \"a\", \"label\": true}");
    write("val.jsonl", "{\"text\": \"a\", \"label\": true}");
    write(
        "AX-g.jsonl",
        pair(1, true),
        pair(1, true),
        pair(2, true),
        pair(2, false),
        pair(3, true),
        pair(3, true));
    JsonlTaskConfig plain = spans(NONE);
    FileSpec pairs =
        new FileSpec("AX-g.jsonl", "text", NONE, Optional.of("label"), Optional.of("pair_id"));
    JsonlTaskConfig config =
        new JsonlTaskConfig(
            "rte",
            folder,
            plain.train(),
            plain.dev(),
            Map.of("ax-g", pairs, "absent", pairs),
            Optional.empty(),
            List.of(),
            plain.labels(),
            List.of("accuracy"),
            "accuracy",
            Map.of("ax-g", List.of("accuracy", "gender-parity")));
    Task<Integer> rte = typed(config);
    Split<Integer> diagnostic =
        rte.load().further().stream()
            .filter(s -> s.name().equals("ax-g"))
            .findFirst()
            .orElseThrow();
    assertThat(rte.score(diagnostic, given(1, 1, 1, 0, 0, 0)))
        .isEqualTo(
            Map.of(
                "accuracy", OptionalDouble.of(4.0 / 6),
                "gender-parity", OptionalDouble.of(2.0 / 3)));
    assertThat(rte.score(rte.load().dev(), given(1)))
        .isEqualTo(Map.of("accuracy", OptionalDouble.of(1)));
    assertThatThrownBy(
            () ->
                new JsonlTaskConfig(
                    "rte",
                    folder,
                    plain.train(),
                    plain.dev(),
                    Map.of(),
                    Optional.empty(),
                    List.of(),
                    plain.labels(),
                    List.of("accuracy"),
                    "accuracy",
                    Map.of("ax-g", List.of("accuracy"))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("no further dev set");
  }

  private static String pair(int id, boolean label) {
    return "{\"text\": \"a\", \"label\": " + label + ", \"pair_id\": " + id + "}";
  }
}
