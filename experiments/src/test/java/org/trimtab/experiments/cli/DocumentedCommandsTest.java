package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trimtab.experiments.Cli;

/** The commands that README and docs show name what there is. */
class DocumentedCommandsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "..")).toAbsolutePath().normalize();

  /** A command on a line, or between backticks in a sentence; lines may go on after a backslash. */
  private static final Pattern RUN = Pattern.compile("\\./trimtab run ((?:\\\\\n|[^`\n])+)");

  /** What stands for something of the reader's own. */
  private static final Pattern PLACEHOLDER = Pattern.compile(".*(<|\\$|FILE|--help|tickets).*");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("configs/prompts/README.md")));
    for (String name : List.of("README.md", "CONTRIBUTING.md", "docs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  private static Set<String> commands() throws IOException {
    Set<String> commands = new TreeSet<>();
    for (Path page : pages()) {
      Matcher run = RUN.matcher(Files.readString(page));
      while (run.find()) {
        commands.add(run.group(1).replace("\\\n", " ").strip());
      }
    }
    commands.removeIf(command -> PLACEHOLDER.matcher(command).matches());
    return commands;
  }

  @Test
  void everyExperimentThatIsShownLoads() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(6).contains("mrpc lora --data DIR");
    for (String command : commands()) {
      List<String> arguments = new ArrayList<>(List.of("run", "--print-config"));
      for (String argument : command.split("\\s+", -1)) {
        boolean shipped = argument.startsWith("configs/");
        arguments.add(shipped ? ROOT.resolve(argument).toString() : argument);
      }
      if (!arguments.contains("--data")) { // the reader may have set TRIMTAB_DATA
        arguments.addAll(List.of("--data", "DIR"));
      }
      Cli.Ran ran = Cli.trimtab(arguments);
      assertThat(ran.code()).as(command + ": " + ran.err()).isZero();
    }
  }

  @Test
  void everyYamlThatIsShownIsYaml() throws IOException {
    Pattern block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    YAMLMapper yaml = new YAMLMapper();
    int read = 0;
    for (Path page : pages()) {
      Matcher shown = block.matcher(Files.readString(page));
      while (shown.find()) {
        assertThatCode(() -> yaml.readTree(shown.group(1)))
            .as(page.toString())
            .doesNotThrowAnyException();
        read++;
      }
    }
    assertThat(read).isGreaterThan(8);
  }

  @Test
  void everyShippedFileThatIsShownIsThere() throws IOException {
    Pattern path = Pattern.compile("configs/[a-z0-9/-]+\\.yaml");
    List<String> named = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "docs", "configs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
        for (Path page : files.filter(f -> f.toString().endsWith(".md")).toList()) {
          path.matcher(Files.readString(page)).results().forEach(m -> named.add(m.group()));
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(8).allMatch(f -> Files.exists(ROOT.resolve(f)));
  }
}
