package org.trimtab.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.trimtab.base.UserError;

class ParametersTest {
  private static void check(String... arguments) throws CommandLineOptionException {
    Parameters.of(new CommandLineOptions(arguments)).check(arguments);
  }

  @Test
  void whatThereIsPasses() {
    assertThatCode(
            () ->
                check(
                    "MethodBench",
                    "-p",
                    "method=prompt,prefix",
                    "-p",
                    "promptLength=5,20",
                    "-pset=head.pooling=cls;backbone.dropout.hidden=0.1",
                    "-p",
                    "texts=even"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "methd=lora    | no parameter of the benchmarks that were asked for; found methd; allowed",
        "methods=lora  | found methods; allowed backbone, batch, length, method,",
        "method=lorra  | method: no preset of that name; found lorra; allowed adapter,",
        "backbone=mini | backbone: no preset of that name; found mini; allowed bge-small,",
        "precision=fp9 | backbone.precision: not allowed; found fp9; allowed fp32",
        "promptLength=x| method.length: ",
        "set=head.pool=cls | head.pool: unknown key",
        "batch=0       | batch: found 0; allowed a whole number above 0",
        "length=many   | length: found many; allowed a whole number above 0",
        "texts=odd     | texts: found odd; allowed ragged, even",
      })
  void whatThereIsNotIsRefused(String parameter, String message) {
    assertThatThrownBy(() -> check("MethodBench", "-p", parameter))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void aPromptLengthIsRefusedOfAMethodWithoutOne() {
    assertThatThrownBy(() -> check("MethodBench", "-p", "method=lora", "-p", "promptLength=20"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("method.length: unknown key");
  }

  @Test
  void defaultsStandWhereNothingIsAsked() throws CommandLineOptionException {
    Parameters parameters = Parameters.of(new CommandLineOptions("MethodBench", "-p", "batch=4,8"));
    assertThat(parameters.values().get("batch")).containsExactly("4", "8");
    assertThat(parameters.values().get("length")).containsExactly("64");
    assertThat(parameters.values()).doesNotContainKey("shortest");
  }
}
