package org.trimtab.pretrained;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Families;
import org.trimtab.base.Invalid;
import org.trimtab.base.Sha256;
import org.trimtab.base.UserError;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.family.FamilyKinds;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.file.BackboneWriter;
import org.trimtab.transformer.file.InitialSource;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/**
 * A new model, which begins as its family's paper has it.
 *
 * @param family {@code model_type} of a {@code config.json}
 * @param settings the other keys of one
 * @param tokenizer a {@code tokenizer.json}
 * @param seed of its weights; the same one gives the same model
 */
public record NewBackboneConfig(
    String family,
    Map<String, String> settings,
    Path tokenizer,
    long seed,
    Tuning tuning,
    PoolerMode pooler,
    DropoutRates dropout,
    KernelChoice kernels,
    BackbonePrecision precision,
    String device)
    implements BackboneConfig {
  private static final String TYPE = "model_type";
  private static final String SETTINGS = "settings";
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  public NewBackboneConfig {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    new ComputeDevice(device); // refused here where it is none
    precision.requireFor(tuning);
    kernels.requireFor(dropout);
    List<String> families = FamilyKinds.ALL.modelTypes();
    if (!families.contains(family)) {
      throw new Invalid(
          "family", "unknown; found '" + family + "'; allowed " + String.join(", ", families));
    }
    if (settings.containsKey(TYPE)) {
      throw new Invalid(SETTINGS, "has the key " + TYPE + "; allowed the key family beside it");
    }
  }

  @Override
  public BackboneConfig computedBy(ComputeDevice other, BackbonePrecision in) {
    return new NewBackboneConfig(
        family, settings, tokenizer, seed, tuning, pooler, dropout, kernels, in, other.name());
  }

  @Override
  public BackboneOptions options() {
    return new BackboneOptions(tuning, pooler, dropout, kernels, precision.mixed());
  }

  @Override
  public BackboneFiles open() {
    ConfigKeys keys = keys();
    Families.Configuration told = told(keys);
    String name = "a new " + family;
    return new BackboneFiles(
        name,
        Sha256.of(keys + "/" + seed),
        Sha256.of(List.of(tokenizer)),
        told.architecture(),
        new InitialSource(told.architecture(), seed, name),
        HfTokenizer.open(tokenizer),
        List.of());
  }

  /** Writes the model, or what became of it, as a Hugging Face directory. */
  public BackboneWriter writer() {
    ConfigKeys keys = keys();
    return new BackboneWriter(told(keys).architecture(), keys);
  }

  /** All keys must mean something here: nobody else wrote them. */
  private static Families.Configuration told(ConfigKeys keys) {
    Families.Configuration told = read(keys);
    if (!told.warnings().isEmpty()) {
      throw new Invalid(
          SETTINGS, String.join("; ", told.warnings()) + "; allowed keys of the family");
    }
    return told;
  }

  private static Families.Configuration read(ConfigKeys keys) {
    try {
      return FamilyKinds.ALL.read(keys);
    } catch (UserError e) {
      Invalid refused = new Invalid(SETTINGS, String.valueOf(e.getMessage()));
      refused.initCause(e);
      throw refused;
    }
  }

  private ConfigKeys keys() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(TYPE, family);
    settings.forEach((key, text) -> values.put(key, value(text)));
    return ConfigKeys.of(values, "a new " + family);
  }

  /** A number or a truth value, if it is one. */
  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}
