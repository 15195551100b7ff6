package org.trimtab.methods;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.method.MethodConfig;
import org.trimtab.testing.MethodContract;

/** The contract on a causal decoder whose heads share keys. */
class DecoderContractTest extends MethodContract {
  private final Representatives representatives =
      new Representatives(Set.of("attempt", "unipelt of a sum"));

  @Override
  protected org.trimtab.method.Methods registry() {
    return Methods.registry();
  }

  @Override
  protected List<String> families() {
    return List.of("llama");
  }

  @Override
  protected Map<String, MethodConfig> methods() {
    return representatives.methods();
  }

  @Override
  protected Set<String> merging() {
    return representatives.merging();
  }
}
