package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;
import org.trimtab.config.Suggestion;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.config.ShippedFile;
import org.trimtab.experiments.config.ShippedFiles;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.prompt.PromptInit;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.recipe.RecipeConfig;
import org.trimtab.train.optimizer.OptimizerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the methods, or describes one. */
@Command(
    name = "methods",
    description = {
      "Lists the presets of methods, by the names that run takes, the types of method with where"
          + " each comes from, and those of recipes, optimizers and starts of prompts; or says all"
          + " of one method."
    },
    mixinStandardHelpOptions = true)
final class MethodsCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A type of method, or a preset, to say all of.")
  Optional<String> name = Optional.empty();

  private final MethodRegistry methods;
  private final ExperimentFiles experiments;
  private final ShippedFiles shipped;
  private final SettingTypes types;

  @Inject
  MethodsCommand(
      MethodRegistry methods,
      ExperimentFiles experiments,
      ShippedFiles shipped,
      SettingTypes types) {
    this.methods = methods;
    this.experiments = experiments;
    this.shipped = shipped;
    this.types = types;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name.isPresent()) {
      describe(name.get(), out);
    } else {
      ShippedNames.print(shipped, ShippedFile.Kind.METHOD, out);
      out.println("\nin a file, method.type; `trimtab methods TYPE` says all of one:");
      methods.all().forEach(binding -> line(binding, out));
      out.println("\nfurther types, by the key that names one:");
      types.print("init.type", PromptInit.class, out);
      types.print("recipe.type", RecipeConfig.class, out);
      types.print("train.optimizer.type", OptimizerConfig.class, out);
    }
    out.flush();
  }

  /** A type, or else a preset: that is what its file says, and the file names its type. */
  private void describe(String wanted, PrintWriter out) {
    Optional<MethodBinding> type =
        methods.all().stream().filter(binding -> binding.name().equals(wanted)).findFirst();
    Optional<ShippedFile> preset = shipped.find(wanted, ShippedFile.Kind.METHOD);
    if (type.isPresent()) {
      describe(type.get(), out);
    } else {
      new TextFile(preset.orElseThrow(() -> unknown(wanted)).file()).lines().forEach(out::println);
    }
  }

  private UserError unknown(String wanted) {
    List<String> names =
        Stream.concat(
                methods.all().stream().map(MethodBinding::name),
                shipped.all(ShippedFile.Kind.METHOD).stream().map(ShippedFile::name))
            .distinct()
            .toList();
    return new UserError(
        "no method of that name; found "
            + wanted
            + "; allowed "
            + String.join(", ", names)
            + Suggestion.of(wanted, names));
  }

  private static void line(MethodBinding binding, PrintWriter out) {
    String paper = binding.method().paper();
    out.println(
        String.format(
            Locale.ROOT,
            "%-20s %s%s [%s]",
            binding.name(),
            binding.method().description(),
            paper.isEmpty() ? "" : " (" + paper + ")",
            binding.provider()));
  }

  /** Its options are said where their defaults stand: in the comments of {@code defaults.yaml}. */
  private void describe(MethodBinding binding, PrintWriter out) {
    PeftMethod<?> method = binding.method();
    line(binding, out);
    say("attaches to", method.attaches(), out);
    say("parameters", method.parameters(), out);
    Optional<URL> defaults = Optional.ofNullable(method.configType().getResource("defaults.yaml"));
    defaults.ifPresent(url -> out.print("\n" + read(url)));
    experiments
        .typesWithin(method.configType())
        .forEach(
            (name, own) -> {
              out.println("\n" + name);
              own.ifPresent(url -> out.print(read(url)));
            });
  }

  private static void say(String what, String text, PrintWriter out) {
    if (!text.isEmpty()) {
      out.println(String.format(Locale.ROOT, "%-20s %s", what, text));
    }
  }

  private static String read(URL url) {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
