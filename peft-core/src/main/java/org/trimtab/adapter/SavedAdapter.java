package org.trimtab.adapter;

import java.util.Optional;
import org.trimtab.method.MethodConfig;
import org.trimtab.model.Model;
import org.trimtab.transformer.options.PoolerMode;

/** An adapter in files of another library: its method and head, and the values that are loaded. */
public interface SavedAdapter {
  MethodConfig method();

  /** What the files say of the head; empty where they say nothing. */
  Optional<SavedHead> headSettings();

  /** Whether the values are enough to predict with. */
  boolean hasHead();

  /** What of the backbone's pooler the adapter needs. */
  PoolerMode pooler();

  /** In words, the keys that say something which is left out; empty where there are none. */
  Optional<String> warning();

  /**
   * Loads the values into the parameters of {@code model}, whose module is a folded one of {@link
   * #method()}; a head that the adapter hasn't keeps its own.
   *
   * @throws org.trimtab.base.UserError if they belong to another model, shapes disagree, or a value
   *     is no number
   */
  void load(Model<?> model);
}
