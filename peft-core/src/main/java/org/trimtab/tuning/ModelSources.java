package org.trimtab.tuning;

import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.engine.Hardware;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.model.KeptStates;
import org.trimtab.model.Model;
import org.trimtab.model.StateSource;
import org.trimtab.model.StateStore;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.task.Task;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;

/**
 * What a model is made of, opened.
 *
 * @param config with one seed
 * @param backbone stays open as long as whoever opened it keeps it
 * @param settings what determines the model, by key; paths are not among them
 * @param features where frozen features and kept states come from
 */
public record ModelSources<Y>(
    ExperimentConfig config,
    BackboneFiles backbone,
    Task<Y> task,
    Map<String, String> settings,
    Features features) {
  /** Gives the frozen features of a backbone that is loaded. */
  @FunctionalInterface
  public interface Features {
    Model.FeatureSource over(Backbone backbone);

    /** Kept states of a backbone that is loaded; in memory, where no store is known. */
    default StateSource states(Backbone backbone, KeptStates.Bound bound) {
      return new KeptStates(() -> "", backbone, StateStore.NONE, bound);
    }
  }

  public long seed() {
    return config.seeds().get(0);
  }

  public Precision precision() {
    return config.backbone().precision().tensors();
  }

  /** What computes the model, by its name. */
  public ComputeDevice device() {
    return new ComputeDevice(config.backbone().device());
  }

  /**
   * Starts what computes the model.
   *
   * @throws Invalid if this machine can't
   */
  public Tensors open() {
    try {
      Hardware hardware = DjlTensors.hardware();
      ComputeDevice device = device().on(hardware);
      config.backbone().precision().require(hardware.processor(), device);
      return DjlTensors.open(precision(), device);
    } catch (Invalid e) {
      throw e.within("backbone");
    }
  }
}
