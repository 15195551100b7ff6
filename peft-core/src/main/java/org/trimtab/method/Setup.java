package org.trimtab.method;

import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.tensor.Init;

/**
 * What a method is created for.
 *
 * @param backbone the frozen model
 * @param init makes the parameters' initial values, from the stream that is the method's own
 * @param words the vocabulary and the task's labels
 */
public record Setup(Backbone backbone, Init init, Words words) {
  public BackboneSpec spec() {
    return backbone.spec();
  }
}
