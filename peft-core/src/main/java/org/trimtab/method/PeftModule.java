package org.trimtab.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** A method's parameters, sized for one backbone. */
public interface PeftModule {
  /** All that trains, besides the head. */
  Params params();

  /** What this adds to one forward pass; nothing of it is kept in this object. */
  Contribution contribute(Forward forward);

  /** Where this adds deltas or prefixes (at {@link org.trimtab.backbone.Point#ATTENTION}). */
  default List<Site> sites() {
    return List.of();
  }

  /** Those of the sites whose output this replaces: two modules can't replace the same. */
  default List<Site> replaces() {
    return List.of();
  }

  /**
   * Tensors that belong to this and never train: saved with the parameters, by names that are none
   * of theirs.
   */
  default Map<String, Tensor> constants() {
    return Map.of();
  }

  /** What of its settings' files is not taken, in words; asked for where a training begins. */
  default List<String> warnings() {
    return List.of();
  }

  /** What this takes of the rows and positions of {@code stack}. */
  default Footprint footprint(Stack stack) {
    return Footprint.NONE;
  }

  /**
   * The weights that make the backbone compute the same without this module, by the names of {@link
   * Backbone#weights()}; empty where no weights can.
   */
  default Optional<Map<String, Tensor>> merged() {
    return Optional.empty();
  }

  /**
   * The smallest module with the same predictions: what the parameters only needed for training is
   * computed once and dropped. By default the module itself.
   */
  default PeftModule fold() {
    return this;
  }

  /** One that adds nothing. */
  static PeftModule none() {
    return new PeftModule() {
      private final Params params = new Params();

      @Override
      public Params params() {
        return params;
      }

      @Override
      public Contribution contribute(Forward forward) {
        return Contribution.NONE;
      }
    };
  }
}
