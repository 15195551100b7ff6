package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.testing.OnnxForm;

/**
 * Writes the table of docs/results/onnx.md, which the contract holds to be small: no test of the
 * build's own, but one by name.
 */
class OnnxDifferences {
  private final ContractTest contract = new ContractTest();

  @Test
  void table() throws IOException {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    contract
        .methods()
        .forEach(
            (name, config) -> {
              String method = name.replaceFirst(" .*", "");
              Map<String, Double> row = rows.computeIfAbsent(method, m -> new LinkedHashMap<>());
              for (OnnxForm form : OnnxForm.values()) {
                for (String family : List.of("bert", "roberta")) {
                  if (form != OnnxForm.MERGED || contract.merging().contains(name)) {
                    row.merge(
                        form + family, contract.differenceOf(config, family, form), Math::max);
                  }
                }
              }
              row.merge("count", 1.0, Double::sum);
            });
    List<String> lines = new ArrayList<>();
    rows.forEach((method, row) -> lines.add(line(method, row)));
    assertThat(lines).hasSizeGreaterThan(15);
    Path file = Path.of("target", "onnx-differences.md");
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  private static String line(String method, Map<String, Double> row) {
    StringBuilder line =
        new StringBuilder("| " + method + " | " + Math.round(row.getOrDefault("count", 0.0)));
    for (OnnxForm form : OnnxForm.values()) {
      for (String family : List.of("bert", "roberta")) {
        Double difference = row.get(form + family);
        line.append(" | ");
        line.append(difference == null ? "" : String.format(Locale.ROOT, "%.1e", difference));
      }
    }
    return line + " |";
  }
}
