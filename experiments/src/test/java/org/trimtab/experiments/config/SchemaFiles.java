package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.experiments.Cli;

/**
 * Writes the schemas to where the shipped files name them for editors. The build runs this before
 * the tests, by a phase of its own, so that no one keeps them up to date by hand.
 */
class SchemaFiles {
  private static final Path CONFIGS =
      Path.of(System.getProperty("trimtab.root", "..")).resolve("configs");

  @ParameterizedTest
  @CsvSource({"trimtab.schema.json, schema", "sweep.schema.json, schema --sweeps"})
  void isWritten(String file, String command) throws IOException {
    Cli.Ran ran = Cli.trimtab(command.split(" "));
    assertThat(ran.code()).as(ran.err()).isZero();
    Files.writeString(CONFIGS.resolve(file), ran.out());
  }
}
