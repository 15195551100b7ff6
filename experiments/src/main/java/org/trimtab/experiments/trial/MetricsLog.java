package org.trimtab.experiments.trial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.train.Trainer;
import org.trimtab.train.TrainingListener;

/** Writes a training into its folder's {@code metrics.jsonl}; nothing in it depends on time. */
record MetricsLog(RunFolder folder) implements TrainingListener {
  private static final int EVERY = 10;

  @Override
  public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
    if (step % EVERY == 0 || step == 1) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("step", step);
      line.put("loss", done.loss());
      line.putAll(done.measured());
      line.put("lr", learningRate);
      folder.log(line);
    }
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("epoch", epoch + 1);
    line.put("metrics", Result.nullable(metrics));
    folder.log(line);
  }

  @Override
  public void onTrace(long step, Map<String, Double> means) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("trace", means);
    folder.log(line);
  }

  @Override
  public void onWarning(String message) {
    folder.log(Map.of("warning", message));
  }
}
