package org.trimtab.experiments.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.trimtab.experiments.trial.SavedRun;

/**
 * Saved runs side by side, each with a backbone of its own: the rows of a task are computed by its
 * run.
 *
 * @param warn what a user is told of a run before anything is predicted
 */
public record SavedModels(List<SavedTask> tasks, Consumer<String> warn) implements Models {
  @Override
  public Open open() {
    Map<String, SavedRun<?>> runs = new LinkedHashMap<>();
    try {
      for (SavedTask task : tasks) {
        SavedRun<?> run = task.model().get();
        runs.put(task.told().name(), run);
        run.warning().ifPresent(warn);
      }
      return new InMemory(runs);
    } catch (RuntimeException e) {
      runs.values().forEach(SavedRun::close);
      throw e;
    }
  }

  private record InMemory(Map<String, SavedRun<?>> runs) implements Open {
    @Override
    public List<Answer> predict(List<Row> rows) {
      Map<String, List<Integer>> byTask = new LinkedHashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        byTask.computeIfAbsent(rows.get(i).task(), task -> new ArrayList<>()).add(i);
      }
      Map<Integer, Answer> answers = new LinkedHashMap<>();
      byTask.forEach(
          (task, places) -> {
            SavedRun<?> run = runs.get(task);
            if (run == null) {
              throw new IllegalArgumentException("no such task: " + task);
            }
            List<Answer> own =
                new RunPredictor(run).predict(places.stream().map(rows::get).toList());
            for (int i = 0; i < places.size(); i++) {
              answers.put(places.get(i), own.get(i));
            }
          });
      return IntStream.range(0, rows.size()).mapToObj(i -> answer(answers, i)).toList();
    }

    private static Answer answer(Map<Integer, Answer> answers, int row) {
      Answer answer = answers.get(row);
      if (answer == null) {
        throw new IllegalStateException("row " + row + " has no answer");
      }
      return answer;
    }

    @Override
    public void close() {
      runs.values().forEach(SavedRun::close);
    }
  }
}
