package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Stream;
import org.trimtab.experiments.config.ShippedFile;
import org.trimtab.experiments.config.ShippedFiles;
import org.trimtab.pretrained.BackboneConfig;
import org.trimtab.pretrained.OnnxModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the backbones. */
@Command(
    name = "backbones",
    description =
        "Lists the backbones that come along, by the names that run takes, and the other types.",
    mixinStandardHelpOptions = true)
final class BackbonesCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();
  private final ShippedFiles shipped;
  private final SettingTypes types;

  @Inject
  BackbonesCommand(ShippedFiles shipped, SettingTypes types) {
    this.shipped = shipped;
    this.types = types;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    shipped
        .all(ShippedFile.Kind.BACKBONE)
        .forEach(file -> out.println(ShippedNames.line(file.name(), meaning(file))));
    out.println();
    out.println("in a file, under backbone:");
    types
        .providers(BackboneConfig.class)
        .forEach((type, provider) -> out.println("  " + use(type, provider)));
    out.flush();
  }

  /** How a file names a type; of a plug-in's it is known where it comes from. */
  private static String use(String type, String provider) {
    return switch (type) {
      case "onnx" -> line("{type: onnx, model: NAME}", "one of the above");
      case "huggingface" ->
          line("{type: huggingface, directory: DIR}", "a BERT or RoBERTa with safetensors");
      case "gguf" -> line("{type: gguf, file: FILE, tokenizer: FILE}", "a Llama, quantized or not");
      case "onnx-file" ->
          line(
              "{type: onnx-file, file: FILE, tokenizer: FILE}",
              "a BERT or RoBERTa as an ONNX file");
      case "new" ->
          line("{type: new, family: NAME, settings: ...}", "a model that begins with a training");
      default -> line("{type: " + type + "}", "of " + provider);
    };
  }

  private static String line(String settings, String meaning) {
    return String.format(Locale.ROOT, "%-47s %s", settings, meaning);
  }

  private static String meaning(ShippedFile file) {
    boolean missing =
        Stream.of(OnnxModel.values())
            .anyMatch(model -> model.id().equals(file.name()) && !model.installed());
    return file.description() + (missing ? " (not installed; see README.md, Backbones)" : "");
  }
}
