package org.trimtab.experiment;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.base.SettingKind;
import org.trimtab.head.HeadKinds;
import org.trimtab.method.prompt.PromptInits;
import org.trimtab.plugin.KindBinding;
import org.trimtab.plugin.KindRegistry;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.plugin.Plugins;
import org.trimtab.pretrained.BackboneKinds;
import org.trimtab.recipe.RecipeKinds;
import org.trimtab.task.type.TaskKinds;
import org.trimtab.train.optimizer.OptimizerKinds;

/** The kinds of settings in an experiment, the methods themselves apart. */
public final class ExperimentKinds {
  private static final List<SettingKind<?>> OURS =
      List.of(
          BackboneKinds.ALL,
          TaskKinds.ALL,
          HeadKinds.ALL,
          RecipeKinds.ALL,
          OptimizerKinds.ALL,
          PromptInits.ALL);

  private ExperimentKinds() {}

  /**
   * What comes with Trimtab, what {@code methods} have of their own, and what plug-ins add.
   *
   * @throws org.trimtab.base.UserError if two types of a kind have one name
   */
  public static KindRegistry installed(MethodRegistry methods) {
    List<KindBinding> all = new ArrayList<>();
    OURS.forEach(kind -> all.add(new KindBinding(kind, Plugins.TRIMTAB)));
    methods
        .all()
        .forEach(m -> m.method().kinds().forEach(k -> all.add(new KindBinding(k, m.provider()))));
    all.addAll(Plugins.installed().kinds());
    return new KindRegistry(all);
  }
}
