package org.trimtab.method.combine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * A module of parts: all but what it makes of their contributions is theirs.
 *
 * @param own parameters besides those of the parts, which stand before them
 * @param joined makes one contribution of the parts'
 */
public record Combination(Parts parts, Params own, Joining joined) implements PeftModule {
  /** Makes one contribution of several. */
  @FunctionalInterface
  public interface Joining {
    /** Of one pass; {@code parts} by their names, in their order. */
    Contribution of(Map<String, Contribution> parts, Forward forward);
  }

  @Override
  public Params params() {
    return parts.params().addAll("", own);
  }

  @Override
  public Map<String, Tensor> constants() {
    return parts.constants();
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
  public Optional<Boolean> promptShifts() {
    return parts.promptShifts();
  }

  @Override
  public int promptLength() {
    return parts.promptLength();
  }

  @Override
  public int longestText() {
    return parts.longestText();
  }

  @Override
  public int shift() {
    return parts.shift();
  }

  @Override
  public Contribution contribute(Forward forward) {
    return joined.of(parts.contribute(forward), forward);
  }

  @Override
  public PeftModule fold() {
    return new Combination(parts.map(PeftModule::fold), own, joined);
  }
}
