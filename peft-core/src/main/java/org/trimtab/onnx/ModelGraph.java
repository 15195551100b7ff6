package org.trimtab.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Prompt;
import org.trimtab.method.Forward;
import org.trimtab.method.FrozenFeature;
import org.trimtab.model.Model;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Tensor;

/**
 * A model's pass as a graph, of any batch and length.
 *
 * <p>Inputs are {@code input_ids}, {@code attention_mask} and {@code token_type_ids}, whole numbers
 * (batch, length); {@code spans} (batch, S, length) where marked places are read; {@code
 * feature.NAME} (batch, 1, D) for each frozen feature that is made of words, all others being
 * computed within. Outputs are those of the head, by their names, and {@code trace.NAME} (batch, 1,
 * 1) of what the method shows.
 */
public final class ModelGraph {
  /** What names of traces begin with. */
  public static final String TRACE = "trace.";

  /** What names of features that are inputs begin with. */
  public static final String FEATURE = "feature.";

  private static final Axis BATCH = Axis.open("batch");
  private static final Axis LENGTH = Axis.open("length");

  private final OnnxTensors tensors;
  private final Map<String, FrozenFeature.OfWords> features = new LinkedHashMap<>();
  private final Map<String, Tensor> featureTensors = new LinkedHashMap<>();
  private final Map<String, Tensor> adapter = new LinkedHashMap<>();
  private final Set<Integer> outputs = new LinkedHashSet<>();

  /**
   * What is recorded.
   *
   * @param spans S, the most places that a text marks; 0 where none are read
   * @param adapterInputs whether the tensors of method and head are inputs, by their names
   * @param int8 whether the backbone's linear layers compute with whole numbers of 8 bits
   */
  public record Options(int spans, boolean adapterInputs, boolean int8) {
    /** All tensors in the graph, as they are. */
    public static Options plain(int spans) {
      return new Options(spans, false, false);
    }
  }

  private ModelGraph(OnnxTensors tensors) {
    this.tensors = tensors;
  }

  /** Records a model that is built on {@code tensors}, which then belong to the graph. */
  public static ModelGraph of(Model<?> model, OnnxTensors tensors, Options options) {
    ModelGraph graph = new ModelGraph(tensors);
    graph.name(model);
    if (options.adapterInputs()) {
      graph.adapter.values().forEach(tensors::open);
    }
    graph.record(model, options);
    return graph;
  }

  /**
   * Records a model that is built on another backing: what it computes of its tensors alone is
   * computed there, once.
   *
   * @throws IllegalArgumentException if its adapter is to be an input, of which nothing may be
   *     computed before
   */
  public static ModelGraph lifted(Model<?> model, Options options) {
    if (options.adapterInputs()) {
      throw new IllegalArgumentException("inputs need a model that is built on the graph");
    }
    return model
        .tensors()
        .freeing(
            () -> {
              ModelGraph graph = new ModelGraph(new OnnxTensors(model.tensors()));
              graph.name(model);
              graph.record(model, options);
              return graph;
            });
  }

  /** The features that are inputs, by the inputs' names. */
  public Map<String, FrozenFeature.OfWords> features() {
    return Collections.unmodifiableMap(features);
  }

  /** The names of the inputs that are the adapter's tensors. */
  public List<String> adapterInputs() {
    List<Integer> inputs = tensors.graph().inputs();
    return adapter.entrySet().stream()
        .filter(entry -> inputs.contains(tensors.own(entry.getValue()).number()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The values of the tensors of method and head, by their names. */
  public Map<String, HostTensor> adapter() {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    adapter.forEach((name, tensor) -> values.put(name, tensors.host(tensor)));
    return values;
  }

  /** A parameter has its name, and a weight that has the same one stands aside. */
  private void name(Model<?> model) {
    model.params().all().forEach(p -> adapter.put(p.name(), p.value()));
    adapter.putAll(model.module().constants());
    adapter.forEach((name, tensor) -> tensors.name(tensor, name));
    model
        .backbone()
        .weights()
        .forEach(
            (name, tensor) ->
                tensors.name(tensor, adapter.containsKey(name) ? name + ".frozen" : name));
  }

  private void record(Model<?> model, Options options) {
    if (options.int8()) {
      model.backbone().weights().keySet().forEach(tensors::quantize);
    }
    Input input = input(options.spans());
    Map<String, Tensor> traced = new LinkedHashMap<>();
    Forward forward =
        new Forward(
            Dropout.OFF,
            feature -> feature(feature, input),
            (name, values) -> traced.put(TRACE + name, values));
    Hidden hidden = model.hidden(input, forward, new Scopes(model.backbone()));
    Map<String, Tensor> all = new LinkedHashMap<>(model.head().outputs(hidden));
    all.putAll(traced);
    all.forEach(this::output);
    tensors.graph().scope("head");
  }

  private Input input(int spans) {
    Axes tokens = Axes.of(BATCH, LENGTH);
    Tensor ids = tensors.input("input_ids", DType.I64, tokens);
    Tensor mask = tensors.input("attention_mask", DType.I64, tokens);
    Tensor types = tensors.input("token_type_ids", DType.I64, tokens);
    Optional<Tensor> marked =
        spans == 0
            ? Optional.empty()
            : Optional.of(
                tensors.input("spans", tensors.type(), Axes.of(BATCH, Axis.fixed(spans), LENGTH)));
    return new Input(ids, types, tensors.own(mask).cast(tensors.type()), List.of(), marked);
  }

  private Tensor feature(FrozenFeature feature, Input input) {
    Tensor known = featureTensors.get(feature.name());
    if (known != null) {
      return known;
    }
    tensors.graph().scope("embeddings");
    Tensor value =
        feature
            .ofWords()
            .map(words -> given(FEATURE + feature.name(), words))
            .orElseGet(() -> feature.of(input)); // (B, 1, D)
    tensors.graph().scope(FEATURE + feature.name());
    featureTensors.put(feature.name(), value);
    return value;
  }

  private Tensor given(String name, FrozenFeature.OfWords words) {
    features.put(name, words);
    Axes axes = Axes.of(BATCH, Axis.ONE, Axis.fixed(words.width()));
    return tensors.input(name, tensors.type(), axes);
  }

  private void output(String name, Tensor tensor) {
    OnnxTensor own = tensors.own(tensor);
    OnnxTensor named = own.put(own.value(), "Identity", List.of());
    tensors.graph().name(named.number(), name);
    outputs.add(named.number());
  }

  Graph graph() {
    return tensors.graph();
  }

  Set<Integer> outputs() {
    return outputs;
  }

  /** Tells where a pass is: what was recorded since belongs to the site that is reached. */
  private final class Scopes implements Contribution {
    private final Backbone backbone;

    Scopes(Backbone backbone) {
      this.backbone = backbone;
    }

    private void reached(At at, String part) {
      tensors.graph().scope(backbone.path(at.site()) + part);
    }

    @Override
    public List<Prompt> prompts(At at) {
      reached(at, ".prompt");
      return List.of();
    }

    @Override
    public Optional<KeyValue> prefix(At at) {
      reached(at, ".prefix");
      return Optional.empty();
    }

    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      reached(at, "");
      return Optional.empty();
    }
  }
}
