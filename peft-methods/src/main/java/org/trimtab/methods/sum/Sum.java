package org.trimtab.methods.sum;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.Parts;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * The sum of what any methods add. MAM adapters (He et al., ICLR 2022) are the sum of a prefix and
 * a parallel adapter. Parts that replace the output of one site are refused.
 */
public final class Sum implements PeftMethod<SumConfig> {
  @Override
  public Class<SumConfig> configType() {
    return SumConfig.class;
  }

  @Override
  public String description() {
    return "The sum of any methods, such as MAM adapters";
  }

  @Override
  public String paper() {
    return "MAM: He et al., ICLR 2022";
  }

  @Override
  public String attaches() {
    return "where its parts do";
  }

  @Override
  public String parameters() {
    return "those of its parts";
  }

  @Override
  public PeftModule create(SumConfig config, Setup setup) {
    return new Module(Parts.create(config.parts(), setup, false));
  }

  @Override
  public PeftModule createFolded(SumConfig config, Setup setup) {
    return new Module(Parts.create(config.parts(), setup, true));
  }

  private record Module(Parts parts) implements PeftModule {
    @Override
    public Params params() {
      return parts.params();
    }

    @Override
    public List<Site> sites() {
      return parts.sites();
    }

    @Override
    public List<Site> replaces() {
      return parts.replaces();
    }

    @Override
    public Map<String, Tensor> constants() {
      return parts.constants();
    }

    @Override
    public int longestText() {
      return parts.longestText();
    }

    @Override
    public Optional<Boolean> promptShifts() {
      return parts.promptShifts();
    }

    @Override
    public int promptLength() {
      return parts.promptLength();
    }

    @Override
    public int shift() {
      return parts.shift();
    }

    @Override
    public Contribution contribute(Forward forward) {
      return Contributions.sum(List.copyOf(parts.contribute(forward).values()));
    }

    @Override
    public PeftModule fold() {
      return new Module(parts.map(PeftModule::fold));
    }
  }
}
