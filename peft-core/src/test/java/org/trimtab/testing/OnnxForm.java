package org.trimtab.testing;

import java.util.function.Function;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.model.Model;
import org.trimtab.onnx.ModelGraph;
import org.trimtab.onnx.OnnxTensors;
import org.trimtab.tensor.Precision;
import org.trimtab.transformer.options.BackboneOptions;

/** How a method stands in a graph. */
public enum OnnxForm {
  /** What is computed of its tensors alone is a constant. */
  FOLDED {
    @Override
    ModelGraph of(String family, Model<Integer> model, Function<Setup, PeftModule> maker) {
      return ModelGraph.lifted(model, ModelGraph.Options.plain(0));
    }
  },
  /** The weights have taken it over. */
  MERGED {
    @Override
    ModelGraph of(String family, Model<Integer> model, Function<Setup, PeftModule> maker) {
      return ModelGraph.lifted(model.merged().orElseThrow(), ModelGraph.Options.plain(0));
    }
  },
  /** Its tensors, which the graph doesn't know, are inputs. */
  INPUTS {
    @Override
    ModelGraph of(String family, Model<Integer> model, Function<Setup, PeftModule> maker) {
      OnnxTensors tensors = new OnnxTensors(Precision.FP32);
      Tiny other = Tiny.of(family, BackboneOptions.FROZEN, tensors);
      return ModelGraph.of(
          other.model(maker.apply(other.setup(7))),
          tensors,
          new ModelGraph.Options(0, true, false));
    }
  };

  /**
   * Records a model in single precision.
   *
   * @param maker of the method's folded module
   */
  abstract ModelGraph of(String family, Model<Integer> model, Function<Setup, PeftModule> maker);
}
