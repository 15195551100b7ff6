package org.trimtab.base;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is made when it is first asked for, and then kept; for one thread. */
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<? extends T> maker;
  private Optional<T> made = Optional.empty();

  public Lazy(Supplier<? extends T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    if (made.isEmpty()) {
      made = Optional.of(maker.get());
    }
    return made.get();
  }

  /** Empty where nobody has asked for it yet. */
  public Optional<T> made() {
    return made;
  }
}
