package org.trimtab.method;

import java.util.Map;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.weights.AdapterTensors;

/** Other methods' forms in the adapters library's files, for one that combines them. */
public interface AdapterHubForms {
  /** The name of the method that {@code config} is for. */
  String name(MethodConfig config);

  /** The settings of a part, by the method that reads it; its gates aren't looked at. */
  MethodConfig read(HubSource part);

  /** As {@link HubForm#write}. */
  Map<String, Object> write(MethodConfig config, HubTarget target);

  /** As {@link HubForm#tensors}. */
  Map<String, HubTensor> tensors(MethodConfig config, Map<String, long[]> parameters);

  /** As {@link HubForm#gate}. */
  String gate(MethodConfig config, String path);

  /** As {@link HubForm#folded}. */
  AdapterTensors folded(MethodConfig config, AdapterTensors tensors);

  /** As {@link HubForm#promptFirst}. */
  boolean promptFirst(MethodConfig config);
}
