package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.trimtab.base.UserError;
import org.trimtab.config.Suggestion;
import org.trimtab.experiments.export.ExportFormat;
import org.trimtab.experiments.export.OnnxFormat;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.tuning.SavedUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a finished run's model in a format of others. */
@Command(
    name = "export",
    description = "Writes a finished run's model in a format that others read.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab export --format onnx runs/quickstart/ID sentiment.onnx",
      "  trimtab export --format onnx --int8 runs/quickstart/ID sentiment-int8.onnx",
      "  trimtab export --format onnx --adapter inputs runs/mrpc-lora/ID mrpc.onnx",
      "  trimtab export --format peft runs/mrpc-lora/ID mrpc-lora",
      "  trimtab export --format adapters runs/mrpc-unipelt/ID mrpc-unipelt"
    })
final class ExportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run folder, or an adapter folder alone.")
  Path run = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description =
          "What to write, a file or, of peft and adapters, a folder; what of the format is there is"
              + " replaced.")
  Path to = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description =
          "onnx: a graph for ONNX Runtime and others; peft: a folder that Hugging Face PEFT loads"
              + " onto AutoModelForSequenceClassification; adapters: one that the adapters library"
              + " loads onto AutoAdapterModel.")
  String format = "";

  @Option(
      names = OnnxFormat.ADAPTER,
      paramLabel = "weights|inputs",
      description =
          "onnx: the method as weights of the graph, or its tensors as inputs, so that one graph"
              + " serves many adapters; their values then go to OUT.adapter.safetensors. Default:"
              + " weights.")
  Optional<String> adapter = Optional.empty();

  @Option(
      names = OnnxFormat.INT8,
      description = "onnx: the backbone's linear layers with weights of 8 bits.")
  boolean int8;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the saved experiment, such as backbone.directory; repeatable.")
  List<String> sets = List.of();

  @Spec CommandSpec spec = CommandSpec.create();
  private final SavedRuns saved;
  private final Map<String, ExportFormat> formats;

  @Inject
  ExportCommand(SavedRuns saved, Map<String, ExportFormat> formats) {
    this.saved = saved;
    this.formats = new TreeMap<>(formats);
  }

  @Override
  public Integer call() {
    ExportFormat chosen =
        Optional.ofNullable(formats.get(format)).orElseThrow(() -> unknown(format));
    Map<String, String> options = options();
    options.keySet().forEach(option -> requireUse(option, chosen));
    requireFolder();
    RunFolder folder = new RunFolder(run);
    chosen
        .export(
            new ExportFormat.Request(
                saved.configOf(folder, sets, Optional.empty(), SavedUse.TEXTS),
                folder,
                to,
                options))
        .forEach(spec.commandLine().getOut()::println);
    return 0;
  }

  private UserError unknown(String name) {
    return new UserError(
        "--format: found "
            + name
            + "; allowed "
            + String.join(", ", formats.keySet())
            + Suggestion.of(name, formats.keySet()));
  }

  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    adapter.ifPresent(value -> options.put(OnnxFormat.ADAPTER, value));
    if (int8) {
      options.put(OnnxFormat.INT8, "");
    }
    return options;
  }

  private void requireUse(String option, ExportFormat chosen) {
    if (!chosen.options().contains(option)) {
      List<String> others =
          formats.entrySet().stream()
              .filter(entry -> entry.getValue().options().contains(option))
              .map(Map.Entry::getKey)
              .toList();
      throw new UserError(
          option + ": the format " + format + " has no use for it; allowed with " + others);
    }
  }

  private void requireFolder() {
    if (to.toString().isEmpty()) {
      throw new UserError("OUT: found ''; allowed the name of a file or folder");
    }
    Path folder = Optional.ofNullable(to.toAbsolutePath().getParent()).orElse(to);
    if (!Files.isDirectory(folder)) {
      throw new UserError("OUT " + to + ": its folder is not there");
    }
  }
}
