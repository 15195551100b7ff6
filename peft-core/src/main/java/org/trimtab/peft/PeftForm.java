package org.trimtab.peft;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;

/**
 * A method's form in the files of Hugging Face PEFT, as release 0.21 reads and writes them. It is
 * that of the method's smallest module, what {@code fold} leaves.
 *
 * @param <C> the method's settings
 */
public interface PeftForm<C> {
  /** As {@code peft_type} names it. */
  String type();

  /** Whether PEFT keeps the tensors beside the model, as it does for prompts and prefixes. */
  boolean besideModel();

  /** Whether the tensors are keys and values of attentions. */
  default boolean keysAndValues() {
    return false;
  }

  /**
   * The settings that {@code source} has; empty where the type is another method's to read.
   *
   * @throws org.trimtab.base.UserError for a key that says what the method doesn't compute
   */
  Optional<C> read(PeftSource source);

  /**
   * PEFT's keys for {@code config}, those besides which all its configurations have.
   *
   * @throws org.trimtab.base.Invalid for the component whose value PEFT can't express
   */
  Map<String, Object> write(C config, Backbone backbone);

  /**
   * The tensor of each parameter; by default it has the parameter's own name and shape.
   *
   * @param parameters their shapes, by our names
   * @param backbone whose modules they belong to
   * @return by the same names
   */
  default Map<String, PeftTensor> tensors(Map<String, long[]> parameters, Backbone backbone) {
    Map<String, PeftTensor> tensors = new LinkedHashMap<>();
    parameters.forEach((name, shape) -> tensors.put(name, new PeftTensor(name, shape)));
    return tensors;
  }
}
