package org.trimtab.methods;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.Set;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;

/** Every method of this jar. */
final class Methods {
  private Methods() {}

  static MethodRegistry registry() {
    return new MethodRegistry(
        Guice.createInjector(new MethodsModule())
            .getInstance(Key.get(new TypeLiteral<Set<MethodBinding>>() {})));
  }
}
