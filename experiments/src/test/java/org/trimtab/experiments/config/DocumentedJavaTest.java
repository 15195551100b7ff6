package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Java that README, pages and Javadoc show compiles, and the README's is the sample's. */
class DocumentedJavaTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern JAVADOC =
      Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);

  /** What the examples speak of without saying where it comes from. */
  private static final String AROUND =
      """
      import java.nio.file.Path;
      import java.util.List;
      import java.util.Map;
      import org.trimtab.*;
      import org.trimtab.backbone.Backbone;
      import org.trimtab.bank.*;
      import org.trimtab.head.Prediction;
      import org.trimtab.methods.lora.LoraConfig;
      import org.trimtab.model.Model;
      import org.trimtab.tensor.Tensors;
      import org.trimtab.tokenizer.*;
      import org.trimtab.transformer.*;
      import org.trimtab.transformer.options.*;
      class Example {
        void example(
            List<String> texts, List<String> labels, Path directory, Tensors tensors,
            Model<Integer> sentiment, Model<Double> similarity, Tokenizer tokenizer,
            Texts review, Texts pair, Texts other) {
          %s
        }
      }
      """;

  @TempDir Path classes = Path.of("");

  private record Example(String origin, String code) {}

  @Test
  void theReadmeShowsTheSample() throws IOException {
    String sample =
        flat(Files.readString(ROOT.resolve("docs/sample/src/main/java/sample/Reviews.java")));
    List<Example> shown = blocks(ROOT.resolve("README.md"), BLOCK);
    assertThat(shown).isNotEmpty();
    for (String method : shown.get(0).code().split("\n\n", -1)) {
      assertThat(sample).contains(flat(method));
    }
  }

  private static String flat(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  @TestFactory
  Stream<DynamicTest> whatIsShownCompiles() throws IOException {
    List<Example> all = new ArrayList<>();
    all.addAll(blocks(ROOT.resolve("docs/library.md"), BLOCK));
    all.addAll(blocks(ROOT.resolve("docs/bank.md"), BLOCK));
    for (String module : List.of("peft-core", "peft-methods")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          all.addAll(blocks(file, JAVADOC));
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(4);
    return all.stream()
        .map(e -> DynamicTest.dynamicTest(e.origin(), () -> assertThat(errors(e)).isEmpty()));
  }

  private static List<Example> blocks(Path file, Pattern pattern) throws IOException {
    List<Example> blocks = new ArrayList<>();
    Matcher matcher = pattern.matcher(Files.readString(file));
    while (matcher.find()) {
      String code = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
      blocks.add(new Example(file.getFileName() + " " + (blocks.size() + 1), code));
    }
    return blocks;
  }

  private String errors(Example example) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    SimpleJavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return AROUND.formatted(example.code());
          }
        };
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    boolean done = compiler.getTask(said, null, null, options, null, List.of(source)).call();
    return done ? "" : said.toString();
  }
}
