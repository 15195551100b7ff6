package org.trimtab.adapterhub;

import java.util.List;
import java.util.Optional;
import org.trimtab.json.JsonSettings;

/** What an adapter's files say, before there is a backbone. */
public interface HubSource {
  /** The whole configuration's, or a part's own. */
  JsonSettings settings();

  /** Those of a union; of another configuration itself alone. */
  List<HubSource> parts();

  /** H of the model that the adapter belongs to. */
  int hidden();

  /** The layers that have a tensor of the kind {@code kind}, such as {@code loras}. */
  List<Integer> layersWith(String kind);

  /** The shape of the tensor {@code name}, which is as in {@link HubTensor}. */
  Optional<long[]> shape(String name);
}
