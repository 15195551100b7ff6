package org.trimtab.bank;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.TunedInput;
import org.trimtab.base.UserError;
import org.trimtab.batch.Batch;
import org.trimtab.head.Prediction;
import org.trimtab.method.Footprint;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.tokenizer.Encoding;

/**
 * The rows of one pass that are an adapter's own.
 *
 * @param batch of its examples alone; their indices are those of the requests
 * @param trace what the method shows of the pass
 */
record OwnRows<Y>(Model<Y> model, Batch batch, Map<String, double[]> trace) {
  /**
   * The requests that are for an adapter.
   *
   * @param rows which of them
   * @throws UserError if the model can't read one of the examples
   */
  static <Y> OwnRows<Y> of(
      String adapter, Model<Y> model, List<Integer> rows, List<Request> requests) {
    for (int row : rows) {
      require(adapter, model, row, requests.get(row).example());
    }
    Batch batch = new Batch(rows, rows.stream().map(row -> requests.get(row).example()).toList());
    return new OwnRows<>(model, batch, new LinkedHashMap<>());
  }

  private static void require(String adapter, Model<?> model, int row, List<Encoding> example) {
    String place = "request " + row + ", for the adapter '" + adapter + "': ";
    if (example.isEmpty()) {
      throw new UserError(place + "found an example without a text");
    }
    model
        .head()
        .refusal(new Batch(List.of(row), List.of(example)))
        .ifPresent(
            why -> {
              throw new UserError(place + why);
            });
    BackboneSpec spec = model.backbone().spec();
    int room = room(spec, model.module().footprint(spec.textStack().stack()));
    for (Encoding text : example) {
      if (text.length() > room) {
        throw new UserError(
            place + "found a text of " + text.length() + " tokens; allowed up to " + room);
      }
    }
  }

  /** The most tokens of a text. */
  private static int room(BackboneSpec spec, Footprint taken) {
    int left = spec.positions() - taken.promptRows() - taken.shift();
    return Math.min(left, taken.longestText());
  }

  /** What the pass is given. */
  TunedInput tuned() {
    return model.tuned(batch, (name, values) -> trace.put(name, model.tensors().doubles(values)));
  }

  /** What the pass says, in the batch's order. */
  List<Prediction<Y>> predictions(Hidden hidden) {
    return Evaluator.traced(model.head().predict(hidden, batch, model.tensors()), trace, batch);
  }
}
