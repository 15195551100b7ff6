package org.trimtab.method;

import java.util.List;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.base.SettingKind;
import org.trimtab.peft.PeftForm;

/**
 * A tuning method: a plug-in without state.
 *
 * @param <C> its settings
 */
public interface PeftMethod<C extends MethodConfig> {
  Class<C> configType();

  /** One sentence on what it is, for {@code trimtab methods}. */
  String description();

  /** The paper, as authors, year and venue; empty for a baseline. */
  String paper();

  /** Where of a backbone it attaches, for {@code trimtab methods}. */
  default String attaches() {
    return "";
  }

  /** How many parameters train, in the notation of {@code docs/notation.md}. */
  default String parameters() {
    return "";
  }

  /** Kinds of settings that this method's settings have, or types that it adds to one. */
  default List<SettingKind<?>> kinds() {
    return List.of();
  }

  /** The method's form in the files of Hugging Face PEFT, where it has one. */
  default Optional<PeftForm<C>> peft() {
    return Optional.empty();
  }

  /**
   * The method's form in the files of the adapters library, where it has one.
   *
   * @param others the forms of all methods, for one that combines them
   */
  default Optional<HubForm<C>> adapterHub(AdapterHubForms others) {
    return Optional.empty();
  }

  /** How many numbers the settings ask for, by component, for what can be set beyond reason. */
  default Sizes sizes(C config, Setup setup) {
    return Sizes.NONE;
  }

  /** Makes a module with initial values, its parameters in the order of their names. */
  PeftModule create(C config, Setup setup);

  /** A module of the form that {@link PeftModule#fold} gives, to load saved values into. */
  default PeftModule createFolded(C config, Setup setup) {
    return create(config, setup);
  }
}
