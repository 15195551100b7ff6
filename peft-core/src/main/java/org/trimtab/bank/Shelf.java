package org.trimtab.bank;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.trimtab.base.UserError;
import org.trimtab.model.Model;

/** A bank's adapters, and who uses them; its lock is never held for as long as a pass. */
final class Shelf implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition givenBack = lock.newCondition();
  private final Map<String, Adapter> adapters = new LinkedHashMap<>();
  private boolean closed;

  /** A model, and how many passes it is part of. */
  static final class Adapter {
    private final Model<?> model;
    private int passes;

    private Adapter(Model<?> model) {
      this.model = model;
    }

    Model<?> model() {
      return model;
    }
  }

  void add(String name, Model<?> model) {
    locked(
        () -> {
          requireOpen();
          if (adapters.containsKey(name)) {
            throw new UserError("there is an adapter '" + name + "' already; allowed another name");
          }
          adapters.put(name, new Adapter(model));
          return name;
        });
  }

  List<String> names() {
    return locked(() -> List.copyOf(adapters.keySet()));
  }

  /** Takes an adapter out, and waits until no pass has it. */
  void drop(String name) {
    locked(
        () -> {
          Adapter dropped = find(name);
          adapters.remove(name);
          awaitReturn(dropped);
          return name;
        });
  }

  /** Those of {@code names}, in their order, until they are given back. */
  List<Adapter> take(Collection<String> names) {
    return locked(
        () -> {
          requireOpen();
          List<Adapter> taken = names.stream().map(this::find).toList();
          taken.forEach(adapter -> adapter.passes++);
          return taken;
        });
  }

  void giveBack(List<Adapter> taken) {
    locked(
        () -> {
          taken.forEach(adapter -> adapter.passes--);
          givenBack.signalAll();
          return taken;
        });
  }

  /** Takes nothing in any more and lends nothing, and waits until all is given back. */
  @Override
  public void close() {
    locked(
        () -> {
          closed = true;
          List<Adapter> all = List.copyOf(adapters.values());
          adapters.clear();
          all.forEach(this::awaitReturn);
          return all;
        });
  }

  private void awaitReturn(Adapter adapter) {
    while (adapter.passes > 0) {
      givenBack.awaitUninterruptibly();
    }
  }

  private Adapter find(String name) {
    return Optional.ofNullable(adapters.get(name))
        .orElseThrow(
            () ->
                new UserError(
                    "no adapter of that name; found '"
                        + name
                        + "'; allowed "
                        + (adapters.isEmpty() ? "none" : String.join(", ", adapters.keySet()))));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the bank is closed");
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
