package org.trimtab.experiments.cli;

import com.google.inject.Binding;
import com.google.inject.Injector;
import com.google.inject.Key;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands with what they ask for; all else that picocli makes is its own affair. */
record InjectedCommands(Injector injector) implements IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    Binding<K> bound = injector.getExistingBinding(Key.get(type));
    return bound == null ? CommandLine.defaultFactory().create(type) : bound.getProvider().get();
  }
}
