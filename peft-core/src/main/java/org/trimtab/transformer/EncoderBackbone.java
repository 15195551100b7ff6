package org.trimtab.transformer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * BERT and its like: an embedding with a norm, then post-norm layers (Devlin et al., 2019; for
 * RoBERTa, Liu et al., 2019, which numbers its positions differently).
 */
final class EncoderBackbone implements Backbone {
  private final BackboneSpec spec;
  private final Architecture architecture;
  private final DropoutRates rates;
  private final Weights weights;
  private final Params params;
  private final Tensors tensors;
  private final Layers layers;

  EncoderBackbone(
      BackboneSpec spec,
      Architecture architecture,
      DropoutRates rates,
      Weights weights,
      Params params,
      Tensors tensors) {
    this.spec = spec;
    this.architecture = architecture;
    this.rates = rates;
    this.weights = weights;
    this.params = params;
    this.tensors = tensors;
    layers = new Layers(spec, architecture, weights);
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
  public Hidden forward(Input input, Contribution contribution, Dropout dropout) {
    Layout textOnly = new Layout(input.mask(), List.of());
    Pass text = new Pass(textOnly, contribution, dropout, rates);
    Tensor words = weights.get(Names.WORDS).lookup(input.ids());
    At embedding = text.at(0, Point.EMBEDDING, words);
    List<Prompt> prompts = contribution.prompts(embedding);
    Layout layout = new Layout(input.mask(), prompts);
    Pass pass = new Pass(layout, contribution, dropout, rates);
    Tensor tokens = text.plus(embedding, words).add(weights.get(Names.TYPES).lookup(input.types()));
    Tensor embedded = embed(position(tokens, prompts, layout), pass);
    Tensor states = layers.run(pass.hiddenDropout(embedded), pass);
    return new Hidden(states, layout, pooler(pass));
  }

  /** Joins prompt rows to the tokens, and adds positions to all rows or to the text's alone. */
  private Tensor position(Tensor tokens, List<Prompt> prompts, Layout layout) {
    Tensor table = weights.get(Names.POSITIONS);
    if (shifts(prompts)) {
      Tensor rows = layout.join(tokens, this::typed);
      return rows.add(architecture.positions().lookup(table, layout.mask()));
    }
    Tensor mask = layout.originalMask();
    return layout.join(tokens.add(architecture.positions().lookup(table, mask)), this::typed);
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
    return prompt.rows().add(weights.get(Names.TYPES).view(1, -1, spec.hidden()).rows(0, 1));
  }

  private Tensor embed(Tensor x, Pass pass) {
    Tensor out = norm(Names.EMBEDDING_NORM, x);
    return pass.plus(pass.at(0, Point.EMBEDDING_NORM, x), out);
  }

  private Tensor norm(String name, Tensor x) {
    return x.layerNorm(
        weights.get(name + ".weight"), weights.get(name + ".bias"), architecture.epsilon());
  }

  private Optional<UnaryOperator<Tensor>> pooler(Pass pass) {
    return spec.pooler() ? Optional.of(row -> pool(row, pass)) : Optional.empty();
  }

  private Tensor pool(Tensor row, Pass pass) {
    Tensor dense =
        row.linear(weights.get(Names.POOLER + ".weight"), weights.get(Names.POOLER + ".bias"));
    return pass.plus(pass.at(0, Point.POOLER, row), dense).tanh();
  }

  @Override
  public double[][] wordEmbeddings(long... ids) {
    return tensors.rows(weights.get(Names.WORDS), ids);
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
