package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.ShapeBackbone;
import org.trimtab.testing.Shapes;

/** The README's table of methods names every method, with the parameters of its preset. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9-]+)` \\| (.*) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final MethodRegistry METHODS = Methods.all();
  private static final ExperimentFiles EXPERIMENTS = ExperimentFiles.of(METHODS);

  /** What trains, and parameters on MiniLM and on Shapes.BERT-base, by the method. */
  private static Map<String, List<String>> rows() throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
    int from = lines.indexOf("## Methods");
    int to = lines.indexOf("## Tasks");
    for (String line : lines.subList(from, to)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), List.of(row.group(2), row.group(3), row.group(4)));
      }
    }
    return rows;
  }

  @Test
  void everyMethodHasARowAPageAndAPreset() throws IOException {
    Map<String, List<String>> rows = rows();
    for (MethodBinding method : METHODS.all()) {
      String name = method.name();
      if (!rows.containsKey(name)) {
        fail("the README's table of methods lacks this row:\n" + row(method));
      }
      assertThat(rows.get(name)).first().isEqualTo(what(method));
      boolean preset = Files.exists(preset(name));
      assertThat(preset || name.equals("sum")).as(name).isTrue(); // a sum's is mam.yaml
      assertThat(ROOT.resolve("docs/methods/" + name + ".md")).exists();
    }
    assertThat(rows).hasSameSizeAs(METHODS.all());
  }

  private static String row(MethodBinding method) throws IOException {
    String name = method.name();
    boolean preset = Files.exists(preset(name));
    String parameters =
        preset
            ? told(counts(name, Shapes.MINILM)) + " | " + told(counts(name, Shapes.BERT))
            : "its preset's";
    return "| `%s` | %s | %s |".formatted(name, what(method), parameters);
  }

  private static String what(MethodBinding method) {
    String paper = method.method().paper();
    return "%s (%s[page](docs/methods/%s.md))"
        .formatted(
            method.method().description(), paper.isEmpty() ? "" : paper + "; ", method.name());
  }

  /** Parameters as the table has them. */
  private static String told(long[] counts) {
    return text(counts[0]) + (counts[1] == counts[0] ? "" : ", kept " + text(counts[1]));
  }

  private static Path preset(String name) {
    return ROOT.resolve("configs/methods/" + name + ".yaml");
  }

  @TestFactory
  Stream<DynamicTest> theNumbersAreThoseOfThePresets() throws IOException {
    return rows().entrySet().stream()
        .filter(row -> Files.exists(preset(row.getKey())))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () -> {
                      check(row.getKey(), row.getValue().get(1), Shapes.MINILM);
                      if (!row.getKey().equals("attempt")) { // its prompts are MiniLM's
                        check(row.getKey(), row.getValue().get(2), Shapes.BERT);
                      }
                    }));
  }

  private static void check(String name, String told, BackboneSpec spec) throws IOException {
    long[] counts = counts(name, spec);
    assertThat(told).startsWith(text(counts[0]));
    if (counts[1] != counts[0]) {
      assertThat(told).contains("kept " + text(counts[1]));
    }
    if (name.equals("lora")) {
      assertThat(told).contains("DoRA " + text(counts("dora", spec)[0]));
    }
  }

  /** Parameters that train, and those that are kept. */
  private static long[] counts(String name, BackboneSpec spec) throws IOException {
    try (ShapeBackbone backbone = new ShapeBackbone(spec, DjlTensors.open(Precision.FP32))) {
      Init init = new Init(backbone.tensors(), new RandomStreams(1).stream("count"));
      PeftModule module =
          METHODS.create(config(name), new Setup(backbone, init, Vocabulary.NONE, METHODS));
      return new long[] {
        module.params().count(backbone.tensors()), module.fold().params().count(backbone.tensors())
      };
    }
  }

  private static MethodConfig config(String name) throws IOException {
    Path file = Files.createTempFile("readme", ".yaml");
    String tasks = ROOT.resolve("configs/tasks/sentiment.yaml").toAbsolutePath().toString();
    Files.writeString(
        file, "extends: [%s, %s]%nseeds: [1]%n".formatted(tasks, preset(name).toAbsolutePath()));
    try {
      return EXPERIMENTS.load(file, List.of(), Optional.empty()).method();
    } finally {
      Files.delete(file);
    }
  }

  private static String text(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
