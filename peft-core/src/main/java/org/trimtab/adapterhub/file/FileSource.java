package org.trimtab.adapterhub.file;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.json.JsonSettings;
import org.trimtab.weights.AdapterTensors;

/**
 * A configuration and the tensors beside it.
 *
 * @param union its parts; none of a configuration that is no union
 */
record FileSource(JsonSettings settings, List<HubSource> union, int hidden, AdapterTensors tensors)
    implements HubSource {
  private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d+)\\..*");

  @Override
  public List<HubSource> parts() {
    return union.isEmpty() ? List.of(this) : union;
  }

  String architecture() {
    return settings.text("architecture", HubForm.NO_ARCHITECTURE);
  }

  /** Whether the configuration or a part of it has gates. */
  boolean gated() {
    return parts().stream().anyMatch(part -> part.settings().truth("use_gating"));
  }

  @Override
  public List<Integer> layersWith(String kind) {
    return tensors.all().keySet().stream()
        .filter(name -> name.contains("." + kind + "."))
        .map(LAYER::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public Optional<long[]> shape(String name) {
    return tensors.find(name).map(values -> values.shape());
  }
}
