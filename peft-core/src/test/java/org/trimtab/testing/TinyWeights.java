package org.trimtab.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.WeightSource;

/** Random weights of a small encoder: 2 layers, width 16, 4 heads; norms and biases too. */
public final class TinyWeights implements WeightSource {
  private final Map<String, HostTensor> tensors = new LinkedHashMap<>();
  private final Random random = new Random(17);

  private TinyWeights(BertConfig shape) {
    int h = shape.hiddenSize();
    matrix("embeddings.word_embeddings.weight", shape.vocabularySize(), h);
    matrix("embeddings.position_embeddings.weight", shape.positions(), h);
    matrix("embeddings.token_type_embeddings.weight", shape.segments(), h);
    norm("embeddings.LayerNorm", h);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String prefix = "encoder.layer." + layer + ".";
      for (String name : List.of("query", "key", "value")) {
        linear(prefix + "attention.self." + name, h, h);
      }
      linear(prefix + "attention.output.dense", h, h);
      norm(prefix + "attention.output.LayerNorm", h);
      linear(prefix + "intermediate.dense", shape.intermediateSize(), h);
      linear(prefix + "output.dense", h, shape.intermediateSize());
      norm(prefix + "output.LayerNorm", h);
    }
    linear("pooler.dense", h, h);
  }

  /** As files of any family have them: parts of a matrix in one. */
  private TinyWeights(Architecture architecture) {
    Names names = architecture.names();
    BackboneSpec spec = architecture.spec();
    Architecture.Tables tables = architecture.tables();
    int width = spec.textStack().embedding();
    matrix(names.words(), tables.words(), width);
    names.positions().ifPresent(name -> matrix(name, tables.positions(), width));
    names.segments().ifPresent(name -> matrix(name, tables.segments(), width));
    for (Site site : names.modules(spec)) {
      Names.Modules modules = names.modules(site.stack());
      Optional<Names.Part> part = modules.part(site.point());
      String module =
          part.map(p -> modules.layers() + site.layer() + "." + p.module()).orElse(names.of(site));
      int out = spec.outputWidth(site) * part.map(Names.Part::count).orElse(1);
      boolean linear = site.point().role() == Role.LINEAR;
      if (linear) {
        matrix(module + ".weight", out, spec.inputWidth(site));
      } else {
        vector(module + ".weight", 1, out);
      }
      if (architecture.wiring(site.stack()).biased().contains(site.point())) {
        vector(module + ".bias", 0, out);
      }
    }
  }

  /** Of any family whose matrices are (out, in) in files. */
  static TinyWeights of(Architecture architecture) {
    return new TinyWeights(architecture);
  }

  /** The shape of a family's tiny model. */
  public static BertConfig shape(String family) {
    return new BertConfig(
        family, 16, 2, 4, 32, 50, 24, 1e-12, "gelu", family.equals("roberta") ? 1 : 0, 2);
  }

  public static TinyWeights of(BertConfig shape) {
    return new TinyWeights(shape);
  }

  private void linear(String name, int out, int in) {
    matrix(name + ".weight", out, in);
    vector(name + ".bias", 0, out);
  }

  private void norm(String name, int width) {
    vector(name + ".weight", 1, width);
    vector(name + ".bias", 0, width);
  }

  private void matrix(String name, int rows, int columns) {
    tensors.put(name, HostTensor.of(values(0, rows * columns), rows, columns));
  }

  private void vector(String name, double mean, int width) {
    tensors.put(name, HostTensor.of(values(mean, width), width));
  }

  private double[] values(double mean, int count) {
    return random.doubles(count, mean - 0.4, mean + 0.4).toArray();
  }

  @Override
  public String origin() {
    return "tiny";
  }

  @Override
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  @Override
  public HostTensor tensor(String name) {
    HostTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no '" + name + "'");
    }
    return tensor;
  }

  @Override
  public void close() {}
}
