package org.trimtab.methods.idpg;

import java.util.List;
import java.util.Map;
import org.trimtab.base.SettingKind;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.prompt.InstancePrompts;

/**
 * IDPG (Wu et al., NAACL 2022): a soft prompt that a generator makes of each text. S-IDPG joins it
 * to the embedded input; M-IDPG also adds one, generated anew, to the prompt's rows where they
 * enter each further layer, with the generator's weights shared and a bias for each layer. If the
 * generator's weights are zero, the biases are left: plain prompt tuning.
 *
 * <p>As the released code has it, and not as the paper's figure: the prompt stands after [CLS], and
 * deep prompts are added to what the rows have become, not put in their place. No prompt follows
 * the last layer. With {@code layer} it is Late Prompt Tuning with a generator (Liu et al., 2022).
 */
public final class Idpg implements PeftMethod<IdpgConfig> {
  @Override
  public Class<IdpgConfig> configType() {
    return IdpgConfig.class;
  }

  @Override
  public String description() {
    return "A soft prompt generated of each text, at the input, at a layer or at every one";
  }

  @Override
  public String paper() {
    return "Wu et al., NAACL 2022";
  }

  @Override
  public String attaches() {
    return "rows beside the embedded text, or with layer beside what enters that layer; deep: those rows"
        + " at the input of each further layer";
  }

  @Override
  public String parameters() {
    return "PHM: 2 n^3 + D m / n + m + m P H / n, and P H a layer with a prompt;"
        + " DNN: D m + m + m P H, likewise";
  }

  @Override
  public List<SettingKind<?>> kinds() {
    return List.of(
        SettingKind.of(SentenceEncoder.class)
            .with("first-pass", FirstPass.class)
            .with("previous-layer", PreviousLayer.class)
            .with("embedding-mean", EmbeddingMean.class)
            .with("state-mean", StateMean.class)
            .with("word-vectors", WordVectors.class),
        SettingKind.of(GeneratorConfig.class)
            .with("dnn", DnnGenerator.class)
            .with("phm", PhmGenerator.class)
            .with("low-rank-phm", LowRankPhmGenerator.class)
            .with("linear", LinearGenerator.class));
  }

  @Override
  public Sizes sizes(IdpgConfig config, Setup setup) {
    double hidden = setup.spec().textStack().hidden();
    double out = config.length() * hidden;
    double generators = config.sharing() == Sharing.NONE ? setup.spec().layers() : 1;
    return new Sizes(
        Map.of(
            "length", out * setup.spec().layers(),
            "generator", config.generator().numbers(out) * generators));
  }

  @Override
  public PeftModule create(IdpgConfig config, Setup setup) {
    InstancePrompts.requireBothWays("encoder", setup.spec());
    return new IdpgModule(config, setup);
  }
}
