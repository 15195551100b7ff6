package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTest {
  @Test
  void aValueIsMadeOnceAndNotBeforeItIsAskedFor() {
    AtomicInteger made = new AtomicInteger();
    Lazy<Integer> lazy = new Lazy<>(made::incrementAndGet);
    assertThat(lazy.made()).isEmpty();
    assertThat(lazy.get()).isEqualTo(1);
    assertThat(lazy.get()).isEqualTo(1);
    assertThat(lazy.made()).contains(1);
  }
}
