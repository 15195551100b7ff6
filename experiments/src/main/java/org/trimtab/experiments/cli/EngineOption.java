package org.trimtab.experiments.cli;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.config.Suggestion;
import org.trimtab.experiments.engine.InferenceEngine;
import org.trimtab.experiments.engine.PyTorchEngine;
import picocli.CommandLine.Option;

/** What computes predictions. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "What computes: pytorch (the default), or onnx (ONNX Runtime, without libtorch; the"
              + " launcher builds and fetches it once).")
  String engine = "pytorch";

  /**
   * The engine asked for.
   *
   * @throws UserError if there is none of that name on the class path
   */
  InferenceEngine engine() {
    List<InferenceEngine> known = engines();
    return known.stream()
        .filter(one -> one.name().equals(engine))
        .findFirst()
        .orElseThrow(() -> unknown(known.stream().map(InferenceEngine::name).toList()));
  }

  private static List<InferenceEngine> engines() {
    return Stream.concat(
            Stream.of(new PyTorchEngine()),
            ServiceLoader.load(InferenceEngine.class).stream().map(ServiceLoader.Provider::get))
        .toList();
  }

  private UserError unknown(List<String> known) {
    return new UserError(
        "--engine: no such engine is on the class path; found "
            + engine
            + "; allowed "
            + String.join(", ", known)
            + Suggestion.of(engine, known));
  }
}
