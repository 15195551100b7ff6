package org.trimtab.recipe;

import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Head;
import org.trimtab.method.Trace;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;

/**
 * Two models and two losses: the task's, and how far the student's scores are from a teacher's that
 * doesn't train.
 */
record Distillation(
    Model<Integer> scored, Head studentHead, Model<Integer> teacher, Head teacherHead)
    implements Recipe<Integer> {
  @Override
  public Tensor loss(Labelled<Integer> batch, Randomness randomness) {
    Hidden hidden = scored.hidden(batch.batch(), randomness.dropout(), Trace.NONE);
    Hidden taught = teacher.hidden(batch.batch(), Dropout.OFF, Trace.NONE);
    Tensor scores = studentHead.scores(hidden, randomness.dropout());
    Tensor away = scores.sub(teacherHead.scores(taught, Dropout.OFF).detach());
    return scored.head().loss(hidden, batch, randomness).add(away.mul(away).mean());
  }
}
