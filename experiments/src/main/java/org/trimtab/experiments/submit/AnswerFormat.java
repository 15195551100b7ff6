package org.trimtab.experiments.submit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trimtab.base.TsvLine;
import org.trimtab.base.UserError;
import org.trimtab.experiments.trial.Answer;
import org.trimtab.json.Json;
import org.trimtab.task.BenchmarkIds;

/** How a file of a submission writes its answers. */
@FunctionalInterface
interface AnswerFormat {
  /**
   * The lines, those of a header among them.
   *
   * @throws UserError if an answer's number is not known
   */
  List<String> lines(List<Answer> answers);

  /** GLUE's: each row under its number, in the order of the test file. */
  static AnswerFormat table(Function<String, String> label) {
    return answers -> {
      requireOwn(answers);
      List<String> lines = new ArrayList<>(List.of(TsvLine.of(List.of("index", "prediction"))));
      for (Answer answer : answers) {
        List<Integer> idx = answer.origin().idx();
        if (idx.isEmpty()) {
          throw unnumbered(answer, "no whole number in the column index, idx or id");
        }
        lines.add(TsvLine.of(List.of(idx.get(0).toString(), label.apply(answer.value()))));
      }
      return lines;
    };
  }

  /** SuperGLUE's: an object a line, with the number that the test file has. */
  static AnswerFormat objects(Function<String, Object> label) {
    return answers -> {
      requireOwn(answers);
      return answers.stream().map(a -> object(idx(a, 0), "label", label.apply(a.value()))).toList();
    };
  }

  /** MultiRC's: an object for each passage, in it its questions, in them their answers. */
  static AnswerFormat passages() {
    return answers -> {
      requireOwn(answers);
      Map<Integer, Map<Integer, List<Object>>> passages = new LinkedHashMap<>();
      for (Answer answer : answers) {
        passages
            .computeIfAbsent(idx(answer, 0), p -> new LinkedHashMap<>())
            .computeIfAbsent(idx(answer, 1), q -> new ArrayList<>())
            .add(fields(idx(answer, 2), "label", Integer.valueOf(answer.value())));
      }
      List<String> lines = new ArrayList<>();
      passages.forEach((idx, questions) -> lines.add(passage(idx, questions)));
      return lines;
    };
  }

  private static String passage(int idx, Map<Integer, List<Object>> questions) {
    List<Object> list = new ArrayList<>();
    questions.forEach((question, answers) -> list.add(fields(question, "answers", answers)));
    return object(idx, "passage", Map.of("questions", list));
  }

  /** ReCoRD's: the text of each query's answer. */
  static AnswerFormat candidates() {
    return answers -> {
      List<Answer> best = answers.stream().filter(a -> a.value().equals("1")).toList();
      requireOwn(best);
      return best.stream().map(a -> object(idx(a, 0), "label", text(a.origin()))).toList();
    };
  }

  /** Two answers under one number would be one to the server. */
  private static void requireOwn(List<Answer> answers) {
    Map<List<Integer>, String> sources = new HashMap<>();
    for (Answer answer : answers) {
      List<Integer> idx = answer.origin().idx();
      String other = idx.isEmpty() ? null : sources.putIfAbsent(idx, answer.source());
      if (other != null) {
        String number = idx.stream().map(String::valueOf).collect(Collectors.joining("."));
        throw new UserError(
            answer.source() + ": the number " + number + " a second time; first at " + other);
      }
    }
  }

  private static String text(BenchmarkIds origin) {
    return origin.candidate().orElseThrow().text();
  }

  /** A number from 0 to 5, which a regression may leave. */
  static String similarity(String value) {
    double bounded = Math.max(0, Math.min(5, Double.parseDouble(value)));
    return String.format(Locale.ROOT, "%.3f", bounded);
  }

  /** {@code True} of {@code true}, as WSC alone has it. */
  static String capitalized(String value) {
    return value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
  }

  private static int idx(Answer answer, int level) {
    List<Integer> idx = answer.origin().idx();
    if (level >= idx.size()) {
      throw unnumbered(answer, "no field 'idx'");
    }
    return idx.get(level);
  }

  private static UserError unnumbered(Answer answer, String what) {
    return new UserError(answer.source() + ": " + what + ", by which a submission is numbered");
  }

  private static String object(int idx, String name, Object value) {
    return Json.line(fields(idx, name, value));
  }

  private static Map<String, Object> fields(int idx, String name, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("idx", idx);
    fields.put(name, value);
    return fields;
  }
}
