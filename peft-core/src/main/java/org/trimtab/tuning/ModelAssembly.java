package org.trimtab.tuning;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.trimtab.adapter.AdapterFolder;
import org.trimtab.adapter.SavedAdapter;
import org.trimtab.adapter.SavedHead;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.SavedAdapters;
import org.trimtab.head.HeadConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.recipe.Recipe;
import org.trimtab.recipe.RecipeSetup;
import org.trimtab.task.Splits;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;

/** Puts backbone, method and head together, and checks that they fit. */
public final class ModelAssembly {
  private final MethodRegistry methods;

  public ModelAssembly(MethodRegistry methods) {
    this.methods = methods;
  }

  /**
   * What trains a model with new parameters.
   *
   * @param splits that it is trained and evaluated on
   * @throws Invalid for a setting that doesn't fit model, data or machine
   */
  public <Y> Recipe<Y> create(ModelSources<Y> sources, Splits<?> splits) {
    Model<Y> model = assemble(sources, sources.open(), sources.config().adapter().isPresent());
    try {
      adapter(sources).ifPresent(adapter -> adapter.load(model));
      Recipe<Y> recipe = recipe(sources, new StateKeeping(sources).of(model));
      new TrainingChecks(sources.config(), splits).require(recipe);
      return recipe;
    } catch (RuntimeException e) {
      model.backbone().close();
      throw e;
    }
  }

  private static <Y> Recipe<Y> recipe(ModelSources<Y> sources, Model<Y> model) {
    Random random = new RandomStreams(sources.seed()).stream("recipe");
    RecipeSetup<Y> setup = new RecipeSetup<>(model, new Init(model.tensors(), random));
    try {
      return sources.config().recipe().create(setup);
    } catch (Invalid e) {
      throw e.within("recipe");
    }
  }

  /** What a user is told of the adapter that an experiment names. */
  public List<String> warnings(ModelSources<?> sources) {
    List<String> warnings = new ArrayList<>();
    adapter(sources).flatMap(SavedAdapter::warning).ifPresent(warnings::add);
    sources
        .config()
        .adapter()
        .flatMap(directory -> AdapterOrigin.find(AdapterFolder.find(directory)))
        .filter(origin -> !origin.hashes().backbone().equals(sources.backbone().sha256()))
        .ifPresent(
            origin ->
                warnings.add(
                    "the adapter was trained on other files of a backbone, those of "
                        + origin.backbone()));
    return warnings;
  }

  private Optional<SavedAdapter> adapter(ModelSources<?> sources) {
    String family = sources.backbone().family();
    Optional<SavedAdapter> adapter =
        sources
            .config()
            .adapter()
            .map(directory -> SavedAdapters.read(directory, methods, Optional.of(family)));
    adapter.ifPresent(own -> requireActivation(own, sources.config().head()));
    return adapter;
  }

  /** Where tensors don't tell an adapter's model, the settings hadn't what its head has. */
  private static void requireActivation(SavedAdapter adapter, HeadConfig head) {
    adapter
        .headSettings()
        .filter(own -> adapter.hasHead())
        .flatMap(SavedHead::activation)
        .filter(own -> !head.inner().equals(Optional.of(own)))
        .ifPresent(
            own -> {
              String allowed = own.name().toLowerCase(Locale.ROOT);
              throw new Invalid(
                  "head.activation", "the head of this model has another one; allowed " + allowed);
            });
  }

  /**
   * A model with the values that were saved: in {@code directory}, or by others in the adapter that
   * its experiment names.
   *
   * @param tensors belong to it from here on
   * @throws UserError if that has no head
   */
  public <Y> Model<Y> createSaved(ModelSources<Y> sources, Path directory, Tensors tensors) {
    Model<Y> model = assemble(sources, tensors, true);
    try {
      Optional<SavedAdapter> adapter = adapter(sources);
      adapter.ifPresent(peft -> requireHead(peft, sources.config()));
      adapter.ifPresentOrElse(
          peft -> peft.load(model), () -> new AdapterFiles(directory).load(model, sources));
      return model;
    } catch (RuntimeException e) {
      model.backbone().close();
      throw e;
    }
  }

  private static void requireHead(SavedAdapter adapter, ExperimentConfig config) {
    if (!adapter.hasHead()) {
      throw new UserError(
          config.adapter().orElseThrow()
              + ": has no head, and so predicts nothing; trimtab run trains one");
    }
  }

  private <Y> Model<Y> assemble(ModelSources<Y> sources, Tensors tensors, boolean folded) {
    ExperimentConfig config = sources.config();
    try {
      Backbone backbone = backbone(sources, tensors);
      Model<Y> model = onto(backbone, sources, folded);
      TextRoom.of(config, model).require();
      return model;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static Backbone backbone(ModelSources<?> sources, Tensors tensors) {
    try {
      return sources.backbone().load(sources.config().backbone().options(), tensors);
    } catch (Invalid e) {
      throw e.within("backbone");
    }
  }

  private <Y> Model<Y> onto(Backbone backbone, ModelSources<Y> sources, boolean folded) {
    ModelFactory factory =
        new ModelFactory(
            backbone, new RandomStreams(sources.seed()), sources.features().over(backbone));
    Setup setup =
        factory.setup(
            new TaskVocabulary(sources.backbone().tokenizer(), sources.task().words()), methods);
    PeftModule module = module(sources, setup, folded);
    try {
      return factory.create(module, sources.config().head(), sources.task().spec());
    } catch (Invalid e) {
      throw e.within("head");
    }
  }

  private PeftModule module(ModelSources<?> sources, Setup setup, boolean folded) {
    try {
      return folded
          ? methods.createFolded(sources.config().method(), setup)
          : methods.create(sources.config().method(), setup);
    } catch (Invalid e) {
      throw e.within("method");
    } catch (IllegalArgumentException e) {
      throw new Invalid("method", String.valueOf(e.getMessage()));
    }
  }
}
