package org.trimtab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.config.Setting;
import org.trimtab.config.SettingValue;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.head.Prediction;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.task.Split;
import org.trimtab.task.Task;
import org.trimtab.tokenizer.Texts;
import org.trimtab.train.TrainingListener;
import org.trimtab.tuning.AdapterFiles;
import org.trimtab.tuning.SavedUse;
import org.trimtab.tuning.TaskModel;

/**
 * A tuned model: what it says of texts, how well it says it, and its adapter's folder.
 *
 * <pre>{@code
 * try (TunedModel reviews = TunedModel.load(Path.of("reviews"))) {
 *   System.out.println(reviews.predict("A quiet, clever film.").word());
 * }
 * }</pre>
 *
 * <p>Any number of threads may predict at once, until one closes it. A pass uses every core by
 * itself (torch's threads), so that a list of texts in one call is what is fast, four times as fast
 * as a call a text; {@code docs/library.md} has the figures.
 */
public final class TunedModel implements AutoCloseable {
  private final OpenedModel<?> opened;

  private TunedModel(OpenedModel<?> opened) {
    this.opened = opened;
  }

  static TunedModel train(ExperimentConfig config, TuningData data, TrainingListener listener) {
    return new TunedModel(OpenedModel.train(config, data, listener));
  }

  /**
   * Loads an adapter that {@link #save} wrote, or that a run of the command line left.
   *
   * @param directory the adapter's folder, or a finished run's
   * @throws UserError if there is none, if it is damaged, or if its backbone isn't there or isn't
   *     the one that it was trained on
   */
  public static TunedModel load(Path directory) {
    return load(directory, Map.of());
  }

  /**
   * Loads an adapter where some of its experiment's settings are others here.
   *
   * @param settings by key, such as {@code backbone.directory}
   * @throws UserError as {@link #load(Path)}, and for a setting that has no effect on predictions
   */
  public static TunedModel load(Path directory, Map<String, ?> settings) {
    List<Setting> changes =
        settings.entrySet().stream()
            .map(e -> SettingValue.of("TunedModel.load", e.getKey(), e.getValue()))
            .toList();
    SavedUse.TEXTS.require(changes);
    return new TunedModel(OpenedModel.load(folder(directory), changes));
  }

  private static Path folder(Path directory) {
    if (Files.isRegularFile(directory.resolve(AdapterFiles.EXPERIMENT))) {
      return directory;
    }
    Path ofRun = directory.resolve(AdapterFiles.OF_RUN);
    if (Files.isRegularFile(ofRun.resolve(AdapterFiles.EXPERIMENT))) {
      return ofRun;
    }
    throw new UserError(
        directory
            + ": no adapter: it has no "
            + AdapterFiles.EXPERIMENT
            + "; allowed what TunedModel.save wrote, or the folder of a finished run");
  }

  /** The classes' words, in the order of a prediction's scores; none of a regression. */
  public List<String> classes() {
    return opened.tuned().sources().task().words();
  }

  /** What looked wrong while it was trained or loaded, a sentence each. */
  public List<String> warnings() {
    return opened.warnings();
  }

  /** What it says of one text. */
  public TextPrediction predict(String text) {
    return predict(List.of(text)).get(0);
  }

  /** What it says of each text, in their order. */
  public List<TextPrediction> predict(List<String> texts) {
    return predict(opened.tuned(), LabelledTexts.single(texts));
  }

  /** What it says of each pair of texts, in their order. */
  public List<TextPrediction> predictPairs(List<String> texts, List<String> pairs) {
    return predict(opened.tuned(), LabelledTexts.paired(texts, pairs));
  }

  private static <Y> List<TextPrediction> predict(TaskModel<Y> tuned, List<Texts> texts) {
    Task<Y> task = tuned.sources().task();
    if (!task.spec().ofPlainTexts()) {
      throw new UserError(
          "the task " + task.name() + " reads more of an example than a text or a pair");
    }
    TaskModel.Predictions<Y> said = tuned.predict(TuningData.unlabelled(texts));
    return IntStream.range(0, texts.size())
        .mapToObj(i -> shown(task, said.all().get(i), said.truncated().get(i)))
        .toList();
  }

  private static <Y> TextPrediction shown(
      Task<Y> task, Prediction<Y> prediction, boolean truncated) {
    String value = task.format(prediction.value());
    List<String> words = task.words();
    int best = prediction.scores().indexOf(prediction.scores().stream().max(Double::compare).get());
    String word = words.isEmpty() ? task.display(prediction.value()) : words.get(best);
    return new TextPrediction(value, word, prediction.scores(), truncated);
  }

  /**
   * The metrics of what it says of {@code texts}, by name; empty where one is undefined.
   *
   * @throws UserError for a gold value that its task doesn't have
   */
  public Map<String, OptionalDouble> evaluate(LabelledTexts texts) {
    return evaluate(opened.tuned(), texts);
  }

  private static <Y> Map<String, OptionalDouble> evaluate(TaskModel<Y> tuned, LabelledTexts texts) {
    Split<Y> split = TuningData.split("given", texts, tuned.sources().task());
    return tuned.score(split);
  }

  /**
   * Writes the adapter into {@code directory}: its values, what they belong to, and the experiment.
   * {@link #load} reads it, and so do the command line's {@code predict} and {@code export}.
   *
   * @throws UserError if the folder can't be written
   */
  public void save(Path directory) {
    ExperimentConfig config = opened.tuned().sources().config().withoutAdapter().onAnyDevice();
    String experiment = ExperimentFiles.of(MethodRegistry.installed()).write(config);
    AdapterFiles.makeFolder(directory);
    new AdapterFiles(directory)
        .save(opened.tuned().model(), opened.tuned().sources(), opened.dataSha256());
    AtomicFile.writeText(directory.resolve(AdapterFiles.EXPERIMENT), experiment);
  }

  /** Frees the backbone and all that was trained. */
  @Override
  public void close() {
    opened.close();
  }
}
