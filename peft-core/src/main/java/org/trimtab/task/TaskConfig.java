package org.trimtab.task;

import java.util.List;

/** Settings of a task, the YAML kind {@code task}. */
public interface TaskConfig {
  String name();

  /** The names of what {@link Task#score} computes. */
  List<String> metrics();

  /** The task that these settings describe. */
  Task<?> create();
}
