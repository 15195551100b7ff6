package org.trimtab.methods.idpg;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Invalid;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.prompt.Placement;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** Generators and the biases of their outputs, one of each for all layers or one a layer. */
final class IdpgModule implements PeftModule {
  private final IdpgConfig config;
  private final Placement placement;
  private final SentenceEncoder.Reader reader;
  private final Params params = new Params();
  private final List<GeneratorConfig.Generator> generators = new ArrayList<>();
  private final List<Tensor> biases = new ArrayList<>();

  /** The inputs of the layers behind the first, where prompts are added. */
  private final List<Site> inputs;

  IdpgModule(IdpgConfig config, Setup setup) {
    this.config = config;
    placement =
        config
            .layer()
            .map(layer -> Placement.before(layer, config.place()))
            .orElseGet(() -> new Placement(config.place(), config.shiftPositions()))
            .in(setup.spec());
    reader = config.encoder().open(setup, config.layer());
    StackSpec text = setup.spec().textStack();
    inputs = config.deep() ? behind(placement.layer(), text, setup) : List.of();
    int prompts = inputs.size() + 1;
    int out = config.length() * text.hidden();
    boolean separate = config.sharing() == Sharing.NONE;
    for (int i = 0; i < (separate ? prompts : 1); i++) {
      String prefix = separate ? "generator." + i + "." : "generator.";
      generators.add(
          config
              .generator()
              .create(
                  new GeneratorConfig.Target(reader.width(), out, setup.init(), params, prefix)));
    }
    double bound = config.generator().outputBound(config.deep());
    for (int i = 0; i < (config.sharing() == Sharing.ALL ? 1 : prompts); i++) {
      Tensor bias = setup.init().uniform(bound, config.length(), text.hidden());
      biases.add(params.add("prompt", "prompt_embeddings." + i, bias));
    }
  }

  private static List<Site> behind(int layer, StackSpec text, Setup setup) {
    List<Site> inputs =
        setup.spec().sites(EnumSet.of(Point.LAYER_INPUT)).stream()
            .filter(site -> site.stack() == text.stack() && site.layer() > layer)
            .toList();
    if (inputs.isEmpty() && layer > 0) {
      throw new Invalid("deep", "no layer follows the one that the prompt joins; allowed false");
    }
    return inputs;
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public List<Site> sites() {
    return inputs;
  }

  @Override
  public List<String> warnings() {
    return reader.warnings();
  }

  @Override
  public Footprint footprint(Stack stack) {
    return placement.footprint(stack, config.length());
  }

  @Override
  public Contribution contribute(Forward forward) {
    return new Generated(forward);
  }

  /** The prompt of the layer {@code index}, of z (B, 1, D): (B, P, H). */
  private Tensor rows(int index, Tensor z, Forward forward) {
    GeneratorConfig.Generator generator = generators.get(generators.size() == 1 ? 0 : index);
    return generator
        .of(z, x -> forward.dropout().apply(x, config.dropout()))
        .view(0, config.length(), -1)
        .add(biases.get(biases.size() == 1 ? 0 : index));
  }

  /** The prompts of one pass. */
  private final class Generated implements Contribution {
    private final Forward forward;
    private Optional<Tensor> text = Optional.empty();
    private Optional<Prompt> prompt = Optional.empty();

    Generated(Forward forward) {
      this.forward = forward;
    }

    @Override
    public boolean visits(Site site) {
      return site.equals(placement.asked()) || inputs.contains(site);
    }

    @Override
    public List<Prompt> prompts(At at) {
      if (!at.site().equals(placement.asked())) {
        return List.of();
      }
      Tensor z = forward.dropout().apply(reader.of(at, forward), config.dropout());
      Tensor rows = rows(0, z, forward);
      text = Optional.of(z);
      prompt = Optional.of(placement.prompt(config.length(), rows));
      return prompt.stream().toList();
    }

    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      int index = inputs.indexOf(at.site()) + 1;
      if (index == 0) {
        return Optional.empty();
      }
      Tensor z = config.encoder().readsLayers() ? at.rows().cls(at.in()) : text.orElseThrow();
      return Optional.of(at.rows().place(prompt.orElseThrow(), rows(index, z, forward)));
    }
  }
}
