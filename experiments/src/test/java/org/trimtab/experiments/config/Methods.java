package org.trimtab.experiments.config;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.Set;
import org.trimtab.methods.MethodsModule;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;

/** The methods that come along. */
final class Methods {
  private Methods() {}

  static MethodRegistry all() {
    return new MethodRegistry(
        Guice.createInjector(new MethodsModule())
            .getInstance(Key.get(new TypeLiteral<Set<MethodBinding>>() {})));
  }
}
