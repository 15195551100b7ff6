package org.trimtab.methods.prompt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.backbone.Place;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.prompt.UniformInit;

/**
 * Prompt tuning as the adapters library's files have it: rows that join after the embedding's norm
 * and have no positions.
 */
final class PromptHubForm implements HubForm<PromptConfig> {
  private static final String COMBINE = "combine";
  private static final String FIRST = "prefix";
  private static final String AFTER = "prefix_after_bos";

  /** Of a start whose values are loaded over; the library's rows start as wide. */
  private static final double BOUND = 0.5;

  @Override
  public String architecture() {
    return "prompt_tuning";
  }

  @Override
  public Optional<PromptConfig> read(HubSource source) {
    JsonSettings settings = source.settings();
    settings.known("prompt_init", "prompt_init_text", "random_uniform_scale", "init_weights_seed");
    boolean first = settings.oneOf(COMBINE, List.of(FIRST, AFTER)).equals(FIRST);
    return Optional.of(
        new PromptConfig(
            settings.number("prompt_length"),
            first ? Place.FIRST : Place.AFTER_CLS,
            false,
            true,
            Optional.empty(),
            new UniformInit(BOUND)));
  }

  @Override
  public Map<String, Object> write(PromptConfig config, HubTarget target) {
    if (config.layer().isPresent()) {
      throw new Invalid(
          "layer", "the adapters library's prompts join the embedded input; allowed none");
    }
    if (!config.afterNorm()) {
      throw new Invalid(
          "afterNorm",
          "the adapters library's prompts join after the embedding's norm; allowed true");
    }
    if (target.gated()) {
      throw new Invalid("", "the adapters library has no gate for it");
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architecture", architecture());
    json.put("prompt_length", config.length());
    json.put(COMBINE, promptFirst(config) ? FIRST : AFTER);
    json.put("prompt_init", "random_uniform"); // of a new one; no text's is known here
    return json;
  }

  @Override
  public Map<String, HubTensor> tensors(PromptConfig config, Map<String, long[]> parameters) {
    Map<String, HubTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) ->
            tensors.put(
                name,
                new HubTensor("prompt_tuning.prompt_tunings.prompt_embedding.weight", shape)));
    return tensors;
  }

  @Override
  public boolean promptFirst(PromptConfig config) {
    return config.place() == Place.FIRST;
  }
}
