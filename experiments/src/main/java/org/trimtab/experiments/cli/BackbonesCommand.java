package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.util.Locale;
import java.util.stream.Stream;
import org.trimtab.experiments.config.OnnxModel;
import org.trimtab.pretrained.BackboneConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the backbones. */
@Command(
    name = "backbones",
    description = "Lists the backbones that experiments can name.",
    mixinStandardHelpOptions = true)
final class BackbonesCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private final PluginTypes plugins;

  @Inject
  BackbonesCommand(PluginTypes plugins) {
    this.plugins = plugins;
  }

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    Stream.of(OnnxModel.values())
        .forEach(
            model ->
                out.println(
                    String.format(
                        Locale.ROOT,
                        "type: onnx, model: %-10s  %s%s",
                        model.id(),
                        model.description(),
                        model.installed() ? "" : " (not installed; see README.md, Backbones)")));
    out.println("type: huggingface, directory: DIR    a BERT or RoBERTa with safetensors");
    out.println("type: onnx-file, file: FILE, tokenizer: FILE    a BERT as an ONNX file");
    plugins.print("type", BackboneConfig.class, out);
  }
}
