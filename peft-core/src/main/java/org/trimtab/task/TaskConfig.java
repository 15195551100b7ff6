package org.trimtab.task;

/** Settings of a task, the YAML kind {@code task}. */
public interface TaskConfig {
  String name();

  /** The task that these settings describe. */
  Task<?> create();
}
