package org.trimtab.transformer;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.FrozenNorm;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.ReadRows;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.backbone.States;
import org.trimtab.backbone.TunedInput;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.transformer.options.DropoutRates;

/**
 * BERT and its like: an embedding with a norm, then post-norm layers (Devlin et al., 2019; for
 * RoBERTa, Liu et al., 2019, which numbers its positions differently).
 */
final class EncoderBackbone implements Backbone {
  private final BackboneSpec spec;
  private final StackSpec encoder;
  private final Architecture architecture;
  private final DropoutRates rates;
  private final NamedTensors weights;
  private final LayerKernels kernels;
  private final Params params;
  private final Tensors tensors;
  private final Layers layers;

  EncoderBackbone(
      BackboneSpec spec,
      Architecture architecture,
      DropoutRates rates,
      NamedTensors weights,
      LayerKernels kernels,
      Params params,
      Tensors tensors) {
    this.spec = spec;
    this.architecture = architecture;
    this.rates = rates;
    this.weights = weights;
    this.kernels = kernels;
    this.params = params;
    this.tensors = tensors;
    encoder = spec.stack(Stack.ENCODER);
    layers = new Layers(encoder, architecture, weights, kernels);
  }

  @Override
  public BackboneSpec spec() {
    return spec;
  }

  @Override
  public Tensors tensors() {
    return tensors;
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public Hidden forward(TunedInput tuned, Dropout dropout) {
    Pass.StackDropout drop = new Pass.StackDropout(dropout, rates);
    Optional<States> from = tuned.input().from();
    Pass.Single start =
        from.map(states -> from(states, tuned, drop)).orElseGet(() -> embed(tuned, drop));
    return hidden(start.running(), from.map(States::layer).orElse(0), List.of(tuned)).get(0);
  }

  @Override
  public List<Hidden> forward(List<TunedInput> inputs, Dropout dropout) {
    Pass.StackDropout drop = new Pass.StackDropout(dropout, rates);
    List<Pass.Single> embedded = inputs.stream().map(tuned -> embed(tuned, drop)).toList();
    List<Tensor> rows = embedded.stream().map(Pass.Single::rows).toList();
    PackedPasses passes =
        PackedPasses.of(
            embedded.stream().map(Pass.Single::pass).toList(),
            rows.stream().map(tensors::shape).toList());
    return hidden(new Layers.Passes.Running(PackedPasses.pack(rows), passes), 0, inputs);
  }

  @Override
  public Tensor entering(Input input, int layer) {
    Pass.StackDropout off = new Pass.StackDropout(Dropout.OFF, rates);
    return layers
        .run(embed(new TunedInput(input, Contribution.NONE), off).running(), 0, layer)
        .rows();
  }

  private Pass.Single from(States states, TunedInput tuned, Pass.StackDropout drop) {
    int lowest = States.lowest(spec, tuned.contribution()).orElse(-1);
    if (lowest < states.layer()) {
      throw new IllegalArgumentException(
          "a pass that starts at layer " + states.layer() + " adds to what lies below it");
    }
    Layout text = Layout.of(states.rows(), tuned.input().mask());
    return new Pass.Single(states.rows(), pass(tuned, text, drop));
  }

  private Pass pass(TunedInput tuned, Layout layout, Pass.StackDropout drop) {
    Contribution contribution = tuned.contribution();
    Pass.All all =
        new Pass.All(layout, rows -> Reading.of(encoder, rows, tuned.reads(), contribution));
    return new Pass(encoder.stack(), all, contribution, drop);
  }

  private Pass.Single embed(TunedInput tuned, Pass.StackDropout drop) {
    Input input = tuned.input();
    Contribution contribution = tuned.contribution();
    Tensor words = weights.get(BertNames.WORDS).lookup(input.ids());
    Layout textOnly = Layout.of(words, input.mask());
    Pass text = pass(tuned, textOnly, drop);
    At embedding = text.at(0, Point.EMBEDDING, words);
    Map<Point, List<Prompt>> prompts =
        text.prompts(embedding).stream().collect(Collectors.groupingBy(Prompt::joins));
    List<Prompt> early = prompts.getOrDefault(Point.EMBEDDING, List.of());
    List<Prompt> late = prompts.getOrDefault(Point.EMBEDDING_NORM, List.of());
    Layout withEarly = textOnly.with(early);
    Tensor tokens =
        text.plus(embedding, words).add(weights.get(BertNames.TYPES).lookup(input.types()));
    int shift = contribution.shift(encoder.stack());
    Tensor x = position(tokens, input.mask(), early, withEarly, shift);
    Tensor embedded = layers.norm(0, Point.EMBEDDING_NORM, x, text.over(withEarly));
    Layout layout = withEarly.with(late);
    Tensor rows = late.isEmpty() ? embedded : layout.join(embedded, Prompt::rows);
    return new Pass.Single(drop.hidden(rows), text.over(layout));
  }

  /** Of each of the inputs that {@code start}, what enters the layer {@code first}, is of. */
  private List<Hidden> hidden(Layers.Passes.Running start, int first, List<TunedInput> inputs) {
    List<Pass.Single> ended = layers.run(start, first, encoder.layers()).each();
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> hidden(ended.get(i).rows(), ended.get(i).pass(), inputs.get(i)))
        .toList();
  }

  /** Of a pass over the rows that are read. */
  private Hidden hidden(Tensor states, Pass pass, TunedInput tuned) {
    boolean one = EnumSet.of(ReadRows.CLS, ReadRows.FIRST).containsAll(tuned.reads());
    Optional<Tensor> spans =
        one ? Optional.empty() : tuned.input().spans().map(pass.rows()::joinWeights);
    return new Hidden(states, pass.rows(), spans, pooler(pass));
  }

  /** Joins prompt rows to the tokens, and adds positions to all rows or to the text's alone. */
  private Tensor position(
      Tensor tokens, Tensor mask, List<Prompt> prompts, Layout layout, int shift) {
    Tensor table = weights.get(BertNames.POSITIONS);
    Architecture.Positions positions = architecture.positions();
    if (prompts.isEmpty()) {
      return tokens.add(positions.lookup(table, mask, shift));
    }
    if (shifts(prompts)) {
      Tensor rows = layout.join(tokens, this::typed);
      return rows.add(positions.lookup(table, layout.mask(), shift));
    }
    return layout.join(tokens.add(positions.lookup(table, mask, shift)), this::typed);
  }

  private static boolean shifts(List<Prompt> prompts) {
    if (prompts.stream().map(Prompt::shifts).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "one prompt moves the text's positions and another one doesn't: choose one mode");
    }
    return prompts.stream().anyMatch(Prompt::shifts);
  }

  /** A prompt's rows belong to segment 0. */
  private Tensor typed(Prompt prompt) {
    return prompt.rows().add(weights.get(BertNames.TYPES).view(1, -1, encoder.hidden()).rows(0, 1));
  }

  private Optional<UnaryOperator<Tensor>> pooler(Pass pass) {
    return encoder.points().contains(Point.POOLER)
        ? Optional.of(row -> layers.linear(0, Point.POOLER, row, pass).tanh())
        : Optional.empty();
  }

  @Override
  public String path(Site site) {
    spec.require(site);
    return BertNames.of(site);
  }

  @Override
  public FrozenLinear linear(Site site) {
    spec.require(site, Role.LINEAR);
    return new FrozenLinear(
        weights.get(path(site) + ".weight"), weights.find(path(site) + ".bias"));
  }

  @Override
  public FrozenNorm norm(Site site) {
    spec.require(site, Role.NORM);
    return new FrozenNorm(
        weights.get(path(site) + ".weight"),
        weights.find(path(site) + ".bias"),
        (x, gain, bias) ->
            x.layerNorm(gain, bias.orElseGet(gain::zerosLike), architecture.epsilon()));
  }

  @Override
  public Backbone with(Map<String, Tensor> replaced) {
    return new EncoderBackbone(
        spec, architecture, rates, weights.with(replaced), kernels, new Params(), tensors);
  }

  @Override
  public double[][] wordEmbeddings(long... ids) {
    return tensors.rows(weights.get(BertNames.WORDS), ids);
  }

  @Override
  public Map<String, Tensor> weights() {
    return Collections.unmodifiableMap(weights.all());
  }

  @Override
  public long parameterCount() {
    return weights.params("").count(tensors);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
