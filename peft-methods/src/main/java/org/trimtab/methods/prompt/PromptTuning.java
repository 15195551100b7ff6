package org.trimtab.methods.prompt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.backbone.Point;
import org.trimtab.base.SettingKind;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.PromptInit;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.peft.PeftForm;

/**
 * Prompt tuning (Lester, Al-Rfou and Constant, 2021): P trained rows (P, H) join the embedded input
 * of a frozen model, or what enters one of its layers (Late Prompt Tuning, Liu et al., 2022). For
 * an encoder they stand after [CLS] by default, which stays the row that the head reads.
 */
public final class PromptTuning implements PeftMethod<PromptConfig> {
  @Override
  public Class<PromptConfig> configType() {
    return PromptConfig.class;
  }

  @Override
  public String description() {
    return "Trained virtual tokens beside the embedded input, or beside what enters a layer";
  }

  @Override
  public String paper() {
    return "Lester, Al-Rfou and Constant, EMNLP 2021; late prompts: Liu et al., Findings of EMNLP"
        + " 2022";
  }

  @Override
  public String attaches() {
    return "rows beside the embedded text; with layer: beside what enters that layer";
  }

  @Override
  public String parameters() {
    return "P H";
  }

  @Override
  public List<SettingKind<?>> kinds() {
    return List.of(SettingKind.of(PromptInit.class).with("file", FileInit.class));
  }

  @Override
  public Sizes sizes(PromptConfig config, Setup setup) {
    double hidden = setup.spec().textStack().hidden();
    return new Sizes(Map.of("length", config.length() * hidden));
  }

  @Override
  public Optional<PeftForm<PromptConfig>> peft() {
    return Optional.of(new PromptForm());
  }

  @Override
  public Optional<HubForm<PromptConfig>> adapterHub(AdapterHubForms others) {
    return Optional.of(new PromptHubForm());
  }

  @Override
  public PeftModule create(PromptConfig config, Setup setup) {
    return new SoftPrompt(
        placement(config, setup), config.length(), config.init().rows(config.length(), setup));
  }

  @Override
  public PeftModule createFolded(PromptConfig config, Setup setup) {
    return SoftPrompt.blank(placement(config, setup), config.length(), setup);
  }

  private static Placement placement(PromptConfig config, Setup setup) {
    Point joins = config.afterNorm() ? Point.EMBEDDING_NORM : Point.EMBEDDING;
    return config
        .layer()
        .map(layer -> Placement.before(layer, config.place()))
        .orElseGet(() -> new Placement(joins, config.place(), config.shiftPositions()))
        .in(setup.spec());
  }
}
