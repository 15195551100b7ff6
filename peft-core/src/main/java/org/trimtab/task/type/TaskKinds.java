package org.trimtab.task.type;

import org.trimtab.base.SettingKind;
import org.trimtab.task.TaskConfig;

/** The tasks that settings can name; a new one is one line here. */
public final class TaskKinds {
  public static final SettingKind<TaskConfig> ALL =
      SettingKind.of(TaskConfig.class)
          .with("tsv", TableTaskConfig.class)
          .with("jsonl", JsonlTaskConfig.class)
          .with("csv", TableTaskConfig.class)
          .with("multiple-choice", MultipleChoiceTaskConfig.class)
          .with("multirc", MultiRcTaskConfig.class)
          .with("record", RecordTaskConfig.class)
          .with("texts", TextsTaskConfig.class);

  private TaskKinds() {}
}
