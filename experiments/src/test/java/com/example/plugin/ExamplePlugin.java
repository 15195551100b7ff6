package com.example.plugin;

import java.util.List;
import org.trimtab.base.SettingKind;
import org.trimtab.head.HeadConfig;
import org.trimtab.method.prompt.PromptInit;
import org.trimtab.plugin.TrimtabPlugin;
import org.trimtab.pretrained.BackboneConfig;
import org.trimtab.recipe.RecipeConfig;
import org.trimtab.task.TaskConfig;
import org.trimtab.train.optimizer.OptimizerConfig;

/** What its jar names in META-INF/services. */
public final class ExamplePlugin implements TrimtabPlugin {
  @Override
  public List<SettingKind<?>> kinds() {
    return List.of(
        SettingKind.of(TaskConfig.class)
            .with(System.getProperty("test.task.name", "marked"), MarkedTaskConfig.class),
        SettingKind.of(HeadConfig.class).with("mean-max", MeanMaxHeadConfig.class),
        SettingKind.of(RecipeConfig.class).with("flooding", FloodingConfig.class),
        SettingKind.of(PromptInit.class).with("constant", ConstantInit.class),
        SettingKind.of(OptimizerConfig.class).with("heavy-ball", HeavyBallConfig.class),
        SettingKind.of(BackboneConfig.class).with("resource", ResourceBackboneConfig.class));
  }

  /** The classes that a jar of this plug-in holds. */
  public static List<Class<?>> classes() {
    return List.of(
        ExamplePlugin.class,
        MarkedTaskConfig.class,
        MeanMaxHeadConfig.class,
        MeanMaxHead.class,
        FloodingConfig.class,
        Flooding.class,
        ConstantInit.class,
        HeavyBallConfig.class,
        ResourceBackboneConfig.class);
  }

  /** The defaults beside them. */
  public static List<String> resources() {
    return List.of(
        "marked.yaml",
        "mean-max.yaml",
        "flooding.yaml",
        "constant.yaml",
        "heavy-ball.yaml",
        "resource.yaml");
  }
}
