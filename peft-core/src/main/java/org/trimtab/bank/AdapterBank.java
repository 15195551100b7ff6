package org.trimtab.bank;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.base.UserError;
import org.trimtab.head.Prediction;
import org.trimtab.model.Model;

/**
 * Many tasks over one backbone: adapters, which are models of any methods and heads, answer the
 * rows of one batch in one pass. What is predicted of an example is what its adapter's model alone
 * predicts, but for the last bits.
 *
 * <p>All methods may be called from any threads at once. Each call of {@link #predict} computes for
 * itself, with an activation memory of its own, and shares the machine's cores with the others: one
 * call with many requests is faster than many calls at once. Adding and dropping never wait for a
 * pass, but that {@link #drop} returns when nobody uses the adapter any more.
 */
public final class AdapterBank implements AutoCloseable {
  private final Backbone backbone;
  private final Shelf shelf = new Shelf();

  /** An empty bank; the backbone stays its owner's. */
  public AdapterBank(Backbone backbone) {
    this.backbone = backbone;
  }

  /**
   * Takes an adapter in, which serves from now on.
   *
   * @param model best folded ({@link Model#fold}), as what only training needs would be computed in
   *     every pass; its tensors stay its owner's
   * @throws UserError if the name is taken, or the model isn't one over this bank's backbone
   * @throws IllegalStateException if the bank is closed
   */
  public void add(String name, Model<?> model) {
    if (!model.backbone().params().isEmpty()) {
      throw new UserError(
          "adapter '"
              + name
              + "': weights of its backbone train too, which a bank's adapters share; allowed models"
              + " over a frozen backbone");
    }
    if (isAnother(model.backbone())) {
      throw new UserError(
          "adapter '"
              + name
              + "': it was made over another backbone, or merged into its weights; allowed models"
              + " over the bank's own");
    }
    shelf.add(name, model);
  }

  @SuppressWarnings("ReferenceEquality") // the same weights in memory, not equal ones
  private boolean isAnother(Backbone other) {
    return other != backbone;
  }

  /**
   * Takes an adapter out: no request finds it any more. Returns when the passes that it is part of
   * have ended; its tensors may be freed then.
   *
   * @throws UserError if there is none of that name
   */
  public void drop(String name) {
    shelf.drop(name);
  }

  /** Those of the adapters, in the order in which they came. */
  public List<String> names() {
    return shelf.names();
  }

  /**
   * What the adapters predict of their examples, in the requests' order.
   *
   * @return each as the adapter's own head gives it, with what its method traces
   * @throws UserError if there is no such adapter, or if its model can't read the example
   * @throws IllegalStateException if the bank is closed
   */
  public List<Prediction<?>> predict(List<Request> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      rows.computeIfAbsent(requests.get(i).adapter(), name -> new ArrayList<>()).add(i);
    }
    List<Shelf.Adapter> taken = shelf.take(rows.keySet());
    try {
      List<OwnRows<?>> groups = new ArrayList<>();
      rows.forEach(
          (name, own) ->
              groups.add(OwnRows.of(name, taken.get(groups.size()).model(), own, requests)));
      return backbone.tensors().withoutGraph(() -> predict(groups, requests.size()));
    } finally {
      shelf.giveBack(taken);
    }
  }

  private List<Prediction<?>> predict(List<OwnRows<?>> groups, int count) {
    List<Hidden> hidden =
        backbone.forward(groups.stream().map(OwnRows::tuned).toList(), Dropout.OFF);
    List<Prediction<?>> ordered = new ArrayList<>(Collections.nCopies(count, null));
    for (int g = 0; g < groups.size(); g++) {
      OwnRows<?> group = groups.get(g);
      List<? extends Prediction<?>> predictions = group.predictions(hidden.get(g));
      for (int i = 0; i < predictions.size(); i++) {
        ordered.set(group.batch().indices().get(i), predictions.get(i));
      }
    }
    return ordered;
  }

  /** Refuses what comes from now on, and returns when the passes that run have ended. */
  @Override
  public void close() {
    shelf.close();
  }
}
