package org.trimtab.transformer;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.PositionTable;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.WordHead;
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
import org.trimtab.backbone.StackSpec;
import org.trimtab.backbone.States;
import org.trimtab.backbone.TunedInput;
import org.trimtab.base.UserError;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.transformer.linear.NamedTensors;
import org.trimtab.transformer.options.DropoutRates;

/** A transformer of one stack: what is made of tokens, then layers, as its architecture says. */
final class TransformerBackbone implements Backbone {
  private final Architecture architecture;
  private final BackboneSpec spec;
  private final StackSpec stack;
  private final Wiring wiring;
  private final Names names;
  private final DropoutRates rates;
  private final NamedTensors weights;
  private final LayerKernels kernels;
  private final Params params;
  private final Tensors tensors;
  private final Layers layers;
  private final Relations.Constants constants;

  TransformerBackbone(
      Architecture architecture,
      DropoutRates rates,
      NamedTensors weights,
      LayerKernels kernels,
      Params params,
      Tensors tensors) {
    this.architecture = architecture;
    this.rates = rates;
    this.weights = weights;
    this.kernels = kernels;
    this.params = params;
    this.tensors = tensors;
    spec = architecture.spec();
    stack = spec.textStack();
    wiring = architecture.wiring(stack.stack());
    names = architecture.names();
    layers = new Layers(stack, architecture, weights, kernels);
    constants = Relations.Constants.of(wiring, tensors);
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
    return hidden(new Passes.Running(PackedPasses.pack(rows), passes), 0, inputs);
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

  /**
   * Relative positions are of rows that are the same ones in every text, which last ones aren't.
   */
  private Set<ReadRows> reads(TunedInput tuned) {
    boolean differing = tuned.reads().contains(ReadRows.LAST);
    return differing && wiring.disentangled().isPresent() ? Set.of(ReadRows.ALL) : tuned.reads();
  }

  private Pass pass(TunedInput tuned, Layout layout, Pass.StackDropout drop) {
    Contribution contribution = tuned.contribution();
    Set<ReadRows> reads = reads(tuned);
    Pass.All all = new Pass.All(layout, rows -> Reading.of(stack, rows, reads, contribution));
    Relations relations =
        new Relations(wiring, constants, layout, contribution.shift(stack.stack()));
    return new Pass(stack.stack(), all, contribution, drop, relations);
  }

  private Pass.Single embed(TunedInput tuned, Pass.StackDropout drop) {
    Input input = tuned.input();
    Contribution contribution = tuned.contribution();
    Tensor words = words(input.ids());
    Layout textOnly = Layout.of(words, input.mask());
    Pass text = pass(tuned, textOnly, drop);
    At embedding = text.at(0, Point.EMBEDDING, words);
    Map<Point, List<Prompt>> prompts =
        text.prompts(embedding).stream().collect(Collectors.groupingBy(Prompt::joins));
    List<Prompt> early = prompts.getOrDefault(Point.EMBEDDING, List.of());
    List<Prompt> late = prompts.getOrDefault(Point.EMBEDDING_NORM, List.of());
    Layout withEarly = textOnly.with(early);
    Tensor own = text.plus(embedding, words);
    Tensor tokens =
        names.segments().map(n -> own.add(weights.get(n).lookup(input.types()))).orElse(own);
    int shift = contribution.shift(stack.stack());
    Tensor x = position(tokens, input.mask(), early, withEarly, shift);
    Tensor embedded = projected(x, text.over(withEarly));
    Layout layout = withEarly.with(late);
    Tensor rows = late.isEmpty() ? embedded : layout.join(embedded, Prompt::rows);
    return new Pass.Single(drop.hidden(rows), text.over(layout));
  }

  private Tensor words(Tensor ids) {
    Tensor words = weights.get(names.words()).lookup(ids);
    double scale = wiring.embedding().scale();
    return scale == 1 ? words : words.mul(scale);
  }

  /** Normed, and as wide as the layers. */
  private Tensor projected(Tensor x, Pass pass) {
    Tensor normed = layers.norm(0, Point.EMBEDDING_NORM, x, pass);
    return stack.points().contains(Point.EMBEDDING_PROJECTION)
        ? layers.linear(0, Point.EMBEDDING_PROJECTION, normed, pass)
        : normed;
  }

  /** Of each of the inputs that {@code start}, what enters the layer {@code first}, is of. */
  private List<Hidden> hidden(Passes.Running start, int first, List<TunedInput> inputs) {
    List<Pass.Single> ended = layers.run(start, first, stack.layers()).each();
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> hidden(ended.get(i), inputs.get(i)))
        .toList();
  }

  /** Of a pass over the rows that are read. */
  private Hidden hidden(Pass.Single ended, TunedInput tuned) {
    Pass pass = ended.pass();
    Tensor states = layers.norm(0, Point.FINAL_NORM, ended.rows(), pass);
    boolean one =
        EnumSet.of(ReadRows.CLS, ReadRows.FIRST, ReadRows.LAST).containsAll(tuned.reads());
    Optional<Tensor> spans =
        one ? Optional.empty() : tuned.input().spans().map(pass.rows()::joinWeights);
    return new Hidden(states, pass.rows(), spans, pooler(pass));
  }

  /** Joins prompt rows to the tokens, and adds positions to all rows or to the text's alone. */
  private Tensor position(
      Tensor tokens, Tensor mask, List<Prompt> prompts, Layout layout, int shift) {
    Optional<PositionTable> numbered = wiring.embedding().positions();
    if (numbered.isEmpty()) {
      return layout.join(tokens, this::typed);
    }
    PositionTable positions = numbered.get();
    Tensor table = weights.get(names.positions().orElseThrow());
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
    return names
        .segments()
        .map(n -> prompt.rows().add(weights.get(n).view(1, -1, stack.embedding()).rows(0, 1)))
        .orElse(prompt.rows());
  }

  private Optional<UnaryOperator<Tensor>> pooler(Pass pass) {
    return stack.points().contains(Point.POOLER)
        ? Optional.of(row -> layers.linear(0, Point.POOLER, row, pass).tanh())
        : Optional.empty();
  }

  @Override
  public String path(Site site) {
    spec.require(site);
    return names.of(site);
  }

  @Override
  public String prefix() {
    return names.prefix();
  }

  @Override
  public Map<String, List<Site>> fused() {
    return names.fused(spec);
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
        (x, gain, bias) -> wiring.norm().of(x, spec.outputWidth(site), gain, bias));
  }

  @Override
  public Backbone with(Map<String, Tensor> replaced) {
    return new TransformerBackbone(
        architecture, rates, weights.with(replaced), kernels, new Params(), tensors);
  }

  @Override
  public Tensor wordScores(Tensor states) {
    Optional<WordHead> head = architecture.wordHead().filter(h -> weights.has(h.bias()));
    if (head.isPresent()) {
      return head.get().scores(states, weights::get, names.words(), stack.hidden());
    }
    Optional<Tensor> output =
        stack.causal() ? weights.find(names.output().orElseGet(names::words)) : Optional.empty();
    return states.linear(output.orElseThrow(this::predictsNothing));
  }

  private UserError predictsNothing() {
    return new UserError(
        "the model predicts no words: found "
            + architecture.family()
            + " without "
            + architecture
                .wordHead()
                .map(head -> "all of " + String.join(", ", head.tensors()))
                .or(names::output)
                .orElse("such layers")
            + "; allowed a decoder or a masked language model");
  }

  @Override
  public double[][] wordEmbeddings(long... ids) {
    double scale = wiring.embedding().scale();
    double[][] rows = tensors.rows(weights.get(names.words()), ids);
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(value -> value * scale).toArray())
        .toArray(double[][]::new);
  }

  @Override
  public Map<String, Tensor> weights() {
    return Collections.unmodifiableMap(weights.all());
  }

  @Override
  public long parameterCount() {
    return weights.run(architecture).count(tensors);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
