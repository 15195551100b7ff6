package org.trimtab.jmh.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.trimtab.backbone.Backbone;
import org.trimtab.bank.AdapterBank;
import org.trimtab.bank.Request;
import org.trimtab.batch.Batch;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.head.Prediction;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.tokenizer.Encoding;

/** Eight adapters over one backbone in a bank and in a session each, and a request of each. */
public final class BenchedBank implements AutoCloseable {
  private static final int TASKS = 8;
  private final Backbone backbone;
  private final AdapterBank bank;
  private final List<Model<Integer>> models = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<OnnxSession> sessions = new ArrayList<>();

  private BenchedBank(Backbone backbone) {
    this.backbone = backbone;
    bank = new AdapterBank(backbone);
  }

  /**
   * Of those presets, one after the other and again from the start.
   *
   * @param backbone one of {@link Presets#backbones}
   * @param shortest tokens of the first request
   * @param longest tokens of the last
   */
  public static BenchedBank open(List<String> presets, String backbone, int shortest, int longest) {
    BenchedBank opened = new BenchedBank(Presets.backbone(config(presets.get(0), backbone)));
    Random random = new Random(1);
    for (int i = 0; i < TASKS; i++) {
      String preset = presets.get(i % presets.size());
      int length = shortest + i * (longest - shortest) / (TASKS - 1);
      opened.add(preset + "-" + i, config(preset, backbone), BatchShape.text(random, length));
    }
    return opened;
  }

  private static ExperimentConfig config(String preset, String backbone) {
    return Presets.config(new Choice(preset, backbone, List.of()));
  }

  private void add(String name, ExperimentConfig config, Encoding text) {
    Model<Integer> model = Presets.model(config, backbone).fold();
    models.add(model);
    bank.add(name, model);
    Request request = new Request(name, text);
    requests.add(request);
    sessions.add(OnnxSession.open(config, new Batch(List.of(0), List.of(request.example()))));
  }

  /** All requests in one batch. */
  public List<Prediction<?>> mixed() {
    return bank.predict(requests);
  }

  /** Each request in a batch of its own, by its model alone. */
  public List<Prediction<?>> alone() {
    List<Prediction<?>> predictions = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      Batch batch = new Batch(List.of(0), List.of(requests.get(i).example()));
      predictions.add(Evaluator.predict(models.get(i), List.of(batch)).get(0));
    }
    return predictions;
  }

  /** Each request in a session of ONNX Runtime of its own, which has its model alone. */
  public List<Prediction<?>> sessions() {
    List<Prediction<?>> predictions = new ArrayList<>();
    sessions.forEach(session -> predictions.add(session.run().get(0)));
    return predictions;
  }

  /** The largest difference of a score between {@link #alone} and the other two. */
  public double difference() {
    List<Prediction<?>> alone = alone();
    return Math.max(difference(alone, mixed()), difference(alone, sessions()));
  }

  private static double difference(List<Prediction<?>> ones, List<Prediction<?>> others) {
    double largest = 0;
    for (int i = 0; i < ones.size(); i++) {
      double score = ones.get(i).scores().get(0);
      largest = Math.max(largest, Math.abs(others.get(i).scores().get(0) - score));
    }
    return largest;
  }

  @Override
  public void close() {
    sessions.forEach(OnnxSession::close);
    bank.close();
    backbone.close();
  }
}
