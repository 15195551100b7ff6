package org.trimtab.methods.ptuning;

import java.util.Map;
import java.util.Optional;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.ReparameterizedPrompt;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.peft.PeftForm;

/**
 * P-tuning (Liu et al., 2021): virtual tokens that an MLP or a bidirectional LSTM makes of trained
 * embeddings, folded into a plain soft prompt after training. As in Hugging Face PEFT they stand
 * together and the model stays frozen; the paper's templates with tokens between words, and its
 * tuning of the model itself, are left out.
 */
public final class PTuning implements PeftMethod<PTuningConfig> {
  @Override
  public Class<PTuningConfig> configType() {
    return PTuningConfig.class;
  }

  @Override
  public String description() {
    return "Virtual tokens of an MLP or LSTM encoder, folded after training";
  }

  @Override
  public String paper() {
    return "Liu et al., GPT Understands, Too, 2021";
  }

  @Override
  public String attaches() {
    return "rows beside the embedded text";
  }

  @Override
  public String parameters() {
    return "kept: P H; MLP of width w: P H + 2 H w + w^2 + 2 w + H";
  }

  @Override
  public Sizes sizes(PTuningConfig config, Setup setup) {
    double hidden = setup.spec().textStack().hidden();
    double width = config.width();
    return new Sizes(
        Map.of("length", config.length() * hidden, "width", width * (width + 2 * hidden)));
  }

  @Override
  public Optional<PeftForm<PTuningConfig>> peft() {
    return Optional.of(new PTuningForm());
  }

  @Override
  public PeftModule create(PTuningConfig config, Setup setup) {
    return new ReparameterizedPrompt(
        placement(config, setup),
        config.length(),
        new EncodedRows(config, setup),
        setup.init().tensors());
  }

  @Override
  public PeftModule createFolded(PTuningConfig config, Setup setup) {
    return SoftPrompt.blank(placement(config, setup), config.length(), setup);
  }

  private static Placement placement(PTuningConfig config, Setup setup) {
    return new Placement(config.place(), config.shiftPositions()).in(setup.spec());
  }
}
