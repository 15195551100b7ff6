package org.trimtab.model;

import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.head.HeadConfig;
import org.trimtab.head.TaskSpec;
import org.trimtab.method.Methods;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.RandomStreams;

/**
 * Makes models over one backbone. What is drawn for the method and what for the head comes of
 * streams of their own: neither moves the other.
 *
 * @param streams of the seed
 * @param features where the models' frozen features come from
 */
public record ModelFactory(Backbone backbone, RandomStreams streams, Model.FeatureSource features) {
  /** Models that compute frozen features anew each time. */
  public ModelFactory(Backbone backbone, RandomStreams streams) {
    this(backbone, streams, Model.FeatureSource.computed(backbone));
  }

  /**
   * What the method's module is created with.
   *
   * @param vocabulary the words and the task's labels
   * @param methods makes the parts of a combination
   */
  public Setup setup(Vocabulary vocabulary, Methods methods) {
    return new Setup(backbone, init("method"), vocabulary, methods);
  }

  /**
   * A model with a new head.
   *
   * @param module the method's, over the same backbone
   * @throws Invalid for the component of {@code head} that doesn't fit the task
   */
  public <Y> Model<Y> create(PeftModule module, HeadConfig head, TaskSpec<Y> task) {
    return new Model<>(backbone, module, head.create(task, backbone, init("head")), features);
  }

  private Init init(String part) {
    return new Init(backbone.tensors(), streams.stream(part));
  }
}
