package org.trimtab.experiments.trial.input;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.base.Invalid;
import org.trimtab.base.Sha256;
import org.trimtab.pretrained.BackboneConfig;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;

/**
 * Backbones and data, each opened once and kept: what one trial has read, the next one needn't read
 * again. Trials read it one after the other.
 */
public final class InputFiles implements AutoCloseable {
  /** A large task's data take some hundred megabytes. */
  private static final int TASKS = 4;

  private final Map<BackboneConfig, BackboneFiles> backbones = new LinkedHashMap<>();

  private final Map<TaskConfig, TaskData<?>> data =
      new LinkedHashMap<>(TASKS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskConfig, TaskData<?>> eldest) {
          return size() > TASKS;
        }
      };

  /**
   * A task and all of its data.
   *
   * @param sha256 of the files
   */
  record TaskData<Y>(Task<Y> task, Splits<Y> splits, String sha256) {
    static <Y> TaskData<Y> of(Task<Y> task) {
      Splits<Y> splits = task.load();
      return new TaskData<>(task, splits, Sha256.of(splits.files()));
    }
  }

  /** The files of a backbone; they stay open until this is closed. */
  BackboneFiles backbone(BackboneConfig config) {
    return backbones.computeIfAbsent(config, InputFiles::open);
  }

  private static BackboneFiles open(BackboneConfig config) {
    try {
      return config.open();
    } catch (Invalid e) {
      throw e.within("backbone");
    }
  }

  TaskData<?> data(TaskConfig config) {
    return data.computeIfAbsent(config, c -> TaskData.of(c.create()));
  }

  @Override
  public void close() {
    backbones.values().forEach(BackboneFiles::close);
  }
}
