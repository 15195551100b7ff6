package org.trimtab.methods;

import java.nio.file.Path;
import java.util.Map;
import org.trimtab.adapter.SavedAdapter;
import org.trimtab.adapter.SavedHead;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Dropout;
import org.trimtab.golden.Golden;
import org.trimtab.golden.GoldenCase;
import org.trimtab.head.Classification;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.ScoredHead;
import org.trimtab.head.ScoredHeadConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.Vocabulary;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.Tiny;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.Tuning;

/** A model over a golden backbone that another library's adapter was loaded into, as a run does. */
record LoadedAdapter(Model<Integer> model, ScoredHeadConfig head) implements AutoCloseable {
  static LoadedAdapter of(
      SavedAdapter adapter, String family, int classes, MethodRegistry methods) {
    Path folder = Golden.folder().resolve("backbones").resolve(family);
    return of(adapter, folder, classes, methods);
  }

  static LoadedAdapter of(SavedAdapter adapter, Path folder, int classes, MethodRegistry methods) {
    Tensors tensors = DjlTensors.open(Precision.FP32);
    BackboneOptions options =
        new BackboneOptions(Tuning.FROZEN, adapter.pooler(), DropoutRates.NONE);
    Backbone backbone = Backbones.load(folder, options, tensors);
    try {
      Init init = new Init(tensors, new RandomStreams(7).stream("test"));
      Setup setup = new Setup(backbone, init, Vocabulary.NONE, methods);
      ScoredHeadConfig config = head(adapter.headSettings().orElseThrow());
      Model<Integer> model =
          new Model<>(
              backbone,
              methods.createFolded(adapter.method(), setup),
              new ScoredHead<>(
                  config.create(backbone.spec().hidden(), classes, init),
                  new Classification(classes),
                  tensors));
      adapter.load(model);
      return new LoadedAdapter(model, config);
    } catch (RuntimeException e) {
      backbone.close();
      throw e;
    }
  }

  /** As a run has it, without dropout. */
  static ScoredHeadConfig head(SavedHead head) {
    return head.type().equals("dense")
        ? new DenseHeadConfig(
            head.pooling(),
            head.activation().orElse(DenseHeadConfig.Activation.TANH),
            head.normed().orElse(false),
            0,
            0.02)
        : new LinearHeadConfig(head.pooling(), head.bias().orElse(true), 0, 0.02);
  }

  /** Of the batch {@code inputs} in {@code folder}. */
  double[] logits(Path folder) {
    Map<String, HostTensor> inputs = Golden.tensors(folder.resolve("inputs.safetensors"));
    return model
        .tensors()
        .doubles(Tiny.scores(model, GoldenCase.batch(inputs), Dropout.OFF, Trace.NONE));
  }

  @Override
  public void close() {
    model.backbone().close();
  }
}
