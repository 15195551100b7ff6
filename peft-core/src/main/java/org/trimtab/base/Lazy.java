package org.trimtab.base;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that is made when it is first asked for, and then kept: made once, whichever threads ask.
 */
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<? extends T> maker;
  private Optional<T> made = Optional.empty();

  public Lazy(Supplier<? extends T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (made.isEmpty()) {
      made = Optional.of(maker.get());
    }
    return made.get();
  }

  /** Empty where nobody has asked for it yet. */
  public synchronized Optional<T> made() {
    return made;
  }
}
