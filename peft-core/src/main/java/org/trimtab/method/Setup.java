package org.trimtab.method;

import java.util.Random;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.tensor.Init;

/**
 * What a method is created for.
 *
 * @param backbone the frozen model
 * @param init makes the parameters' initial values, from the stream that is the method's own
 * @param vocabulary the words and the task's labels
 * @param methods makes the parts of a combination
 */
public record Setup(Backbone backbone, Init init, Vocabulary vocabulary, Methods methods) {
  /** For a method that combines no others. */
  public Setup(Backbone backbone, Init init, Vocabulary vocabulary) {
    this(backbone, init, vocabulary, Methods.NONE);
  }

  public BackboneSpec spec() {
    return backbone.spec();
  }

  /** For a part of a combination: with a stream of its own, drawn from this one's. */
  public Setup part() {
    Init own = new Init(init.tensors(), new Random(init.random().nextLong()));
    return new Setup(backbone, own, vocabulary, methods);
  }
}
