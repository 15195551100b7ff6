package org.trimtab.experiments.export;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.peft.file.PeftWriter;
import org.trimtab.plugin.MethodRegistry;

/** A folder that Hugging Face PEFT loads; what it belongs to stands beside, for Trimtab. */
public final class PeftExport implements ExportFormat {
  /** As the command line says it. */
  public static final String NAME = "peft";

  private final AdapterExport adapters;
  private final MethodRegistry methods;

  @Inject
  public PeftExport(SavedRuns saved, MethodRegistry methods) {
    adapters = new AdapterExport(saved, "PEFT");
    this.methods = methods;
  }

  @Override
  public Set<String> options() {
    return Set.of();
  }

  @Override
  public List<String> export(Request request) {
    List<String> written = new ArrayList<>();
    adapters.write(
        request,
        run -> {
          new PeftWriter(methods)
              .write(request.to(), run.model(), request.config().method(), request.config().head());
          if (AdapterExport.choices(run) > 1) {
            written.add(
                "its head scores each choice alone: load the model with num_labels=1, and compare"
                    + " the choices' logits");
          }
        });
    written.add(
        0,
        request.to()
            + ": an adapter that Hugging Face PEFT loads onto AutoModelForSequenceClassification");
    return written;
  }
}
