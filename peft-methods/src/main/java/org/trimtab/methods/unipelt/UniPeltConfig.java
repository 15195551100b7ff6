package org.trimtab.methods.unipelt;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.method.MethodConfig;

/**
 * Settings of UniPELT.
 *
 * @param parts methods by names of the user's choice
 * @param ungated parts without a gate
 * @param oneGate parts with one gate a layer instead of one a site
 * @param gate what kind of gates
 * @param fixedValue of fixed gates
 * @param gateInput what a gate reads
 * @param reduction of a gate over rows
 * @param prefixGate what a gate does to a prefix
 * @param deviation of the gates' weights at the start
 */
@RecordBuilder
public record UniPeltConfig(
    Map<String, MethodConfig> parts,
    List<String> ungated,
    List<String> oneGate,
    Gating gate,
    double fixedValue,
    GateInput gateInput,
    Reduction reduction,
    PrefixGate prefixGate,
    double deviation)
    implements MethodConfig, UniPeltConfigBuilder.With {
  public UniPeltConfig {
    Check.all(
        () -> Check.notEmpty("parts", parts.keySet()),
        () -> requireParts("ungated", ungated, parts),
        () -> requireParts("oneGate", oneGate, parts),
        () -> requireGated(oneGate, ungated),
        () -> Check.notNegative("fixedValue", fixedValue),
        () -> Check.notNegative("deviation", deviation));
  }

  private static void requireParts(
      String key, List<String> names, Map<String, MethodConfig> parts) {
    for (String name : names) {
      if (!parts.containsKey(name)) {
        throw new Invalid(
            key,
            "names no part; found "
                + name
                + "; allowed "
                + String.join(", ", new TreeSet<>(parts.keySet())));
      }
    }
  }

  private static void requireGated(List<String> oneGate, List<String> ungated) {
    for (String name : oneGate) {
      if (ungated.contains(name)) {
        throw new Invalid("oneGate", "found " + name + ", which has no gate: ungated names it too");
      }
    }
  }

  @Override
  public List<MethodConfig> combined() {
    return List.copyOf(parts.values());
  }

  /** Whether a part has gates of its own kind. */
  boolean gated(String part) {
    return gate != Gating.NONE && !ungated.contains(part);
  }
}
