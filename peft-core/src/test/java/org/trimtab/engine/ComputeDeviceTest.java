package org.trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.Invalid;

/** Names of devices, and what they are on a machine. */
class ComputeDeviceTest {
  private static final Processor NONE = new Processor("", Set.of());

  private static Hardware with(int accelerators) {
    return new Hardware(() -> accelerators, NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, 0, cpu",
    "cpu, 2, cpu",
    "auto, 0, cpu",
    "auto, 2, cuda:0",
    "cuda, 1, cuda:0",
    "cuda:1, 2, cuda:1"
  })
  void aNameIsADeviceOfTheMachine(String name, int accelerators, String device) {
    assertThat(new ComputeDevice(name).on(with(accelerators)).name()).isEqualTo(device);
  }

  @Test
  void theProcessorNeedsNoEngineToBeAsked() {
    Hardware never =
        new Hardware(
            () -> {
              throw new AssertionError("asked");
            },
            NONE);
    assertThat(ComputeDevice.CPU.on(never)).isEqualTo(ComputeDevice.CPU);
  }

  @Test
  void whatIsNotThereIsRefusedWithWhatIs() {
    assertThatThrownBy(() -> new ComputeDevice("cuda:3").on(with(0)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("finds no accelerator")
        .hasMessageEndingWith("; found cuda:3; allowed cpu, auto");
    assertThatThrownBy(() -> new ComputeDevice("cuda:1").on(with(1)))
        .hasMessageEndingWith("; found cuda:1; allowed cpu, auto, cuda:0");
    assertThatThrownBy(() -> new ComputeDevice("cuda:2").on(with(2)))
        .hasMessageEndingWith("; found cuda:2; allowed cpu, auto, cuda:0 to cuda:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "CPU", "cuda:", "cuda:01", "cuda:-1", "cuda:x", "", "cpu "})
  void noNameOfADeviceIsRefused(String name) {
    assertThatThrownBy(() -> new ComputeDevice(name))
        .isInstanceOf(Invalid.class)
        .hasMessage("not allowed; found " + name + "; allowed cpu, auto, cuda, cuda:N");
  }

  @Test
  void whichOfSeveralAcceleratorsMovesNoResult() {
    assertThat(new ComputeDevice("cuda:1").kind()).isEqualTo(new ComputeDevice("cuda:0").kind());
    assertThat(new ComputeDevice("cuda:0").kind()).isNotEqualTo(ComputeDevice.CPU.kind());
  }
}
