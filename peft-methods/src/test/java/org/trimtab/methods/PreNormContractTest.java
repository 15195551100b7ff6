package org.trimtab.methods;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.method.MethodConfig;
import org.trimtab.testing.MethodContract;

/**
 * The contract on an encoder with norms before branches, turned queries and keys, and rows that see
 * their neighbours.
 */
class PreNormContractTest extends MethodContract {
  private final Representatives representatives = new Representatives(Set.of());

  @Override
  protected org.trimtab.method.Methods registry() {
    return Methods.registry();
  }

  @Override
  protected List<String> families() {
    return List.of("modernbert");
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
