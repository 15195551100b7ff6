package org.trimtab.methods.bitfit;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Site;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.layer.TrainedBiases;
import org.trimtab.method.site.Targets;
import org.trimtab.tensor.Params;

/**
 * BitFit (Ben Zaken, Goldberg and Ravfogel, ACL 2022): the biases of linear layers and norms train,
 * and nothing else. Weight decay acts on the biases themselves, not on their change.
 */
public final class BitFit implements PeftMethod<BitFitConfig> {
  @Override
  public Class<BitFitConfig> configType() {
    return BitFitConfig.class;
  }

  @Override
  public String description() {
    return "The backbone's own biases";
  }

  @Override
  public String paper() {
    return "Ben Zaken, Goldberg and Ravfogel, ACL 2022";
  }

  @Override
  public String attaches() {
    return "linear layers and norms that have a bias";
  }

  @Override
  public String parameters() {
    return "L (7 H + F) + H, and H for a pooler";
  }

  @Override
  public PeftModule create(BitFitConfig config, Setup setup) {
    Params params = new Params();
    TrainedBiases biases = new TrainedBiases(sites(config, setup.backbone()), setup, params);
    return new SiteDeltas(params, biases.deltas()).mergedBy(biases::merged);
  }

  private static List<Site> sites(BitFitConfig config, Backbone backbone) {
    if (config.targets().isEmpty()) {
      return Targets.withBias(backbone);
    }
    return new ArrayList<>(new Targets("targets", config.targets(), List.of()).all(backbone));
  }
}
