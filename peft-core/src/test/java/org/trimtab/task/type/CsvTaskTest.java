package org.trimtab.task.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.task.Example;
import org.trimtab.task.Label;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.read.DelimitedFormat;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.TableFile;

/** Tasks of comma-separated files. */
class CsvTaskTest {
  @TempDir Path folder = Path.of("");

  private Splits<?> load() {
    List<Label> labels = List.of(new Label("0", "bad"), new Label("1", "good"));
    return load(Optional.of(labels), Optional.empty(), "accuracy");
  }

  private Splits<?> load(Optional<List<Label>> labels, Optional<Range> range, String metric) {
    TableFile train = new TableFile("train.csv", false, "1", Optional.empty(), Optional.of("0"));
    TableFile dev = new TableFile("test.csv", true, "text", Optional.empty(), Optional.of("label"));
    return new TableTaskConfig(
            "cr",
            folder,
            DelimitedFormat.CSV,
            train,
            dev,
            Map.of(),
            Optional.empty(),
            Map.of(),
            labels,
            range,
            List.of(metric),
            metric,
            false)
        .create()
        .load();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void cellsMayBeQuoted() throws IOException {
    write("test.csv", "label,text\r\n1,x\r\n");
    write("train.csv", "0,\"a, \"\"b\"\"\"\n1,\n\"1\",\"two\nlines, one cell\"\n0,it's \"so\"");
    Split<?> train = load().train();
    assertThat(train.examples().stream().map(Example::text))
        .containsExactly("a, \"b\"", "", "two\nlines, one cell", "it's \"so\"");
    assertThat(train.gold().toString()).isEqualTo("[0, 1, 1, 0]");
    assertThat(train.examples().get(3).source()).endsWith("train.csv:5");
    assertThat(load().dev().examples().get(0).text()).isEqualTo("x");
  }

  @Test
  void aRegressionHasNumbersInItsRange() throws IOException {
    write("test.csv", "label,text\n0.5,x\n");
    write("train.csv", "\"4.25\",\"a, b\"\n0,c\n");
    Optional<Range> range = Optional.of(new Range(0, 5));
    Splits<?> splits = load(Optional.empty(), range, "pearson");
    assertThat(splits.train().gold().toString()).isEqualTo("[4.25, 0.0]");
    assertThat(splits.dev().gold().toString()).isEqualTo("[0.5]");
    write("train.csv", "5.5,a\n");
    assertThatThrownBy(() -> load(Optional.empty(), range, "pearson"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "train.csv:1: label '5.5' is unknown; allowed a number from 0.0 to 5.0");
  }

  @Test
  void faultsAreToldAtTheirLine() throws IOException {
    write("test.csv", "label,text\n1,x\n");
    write("train.csv", "0,a\n0,\"b\n1,c\n");
    refused("train.csv:2: a quotation mark is never closed");
    write("train.csv", "0,a\n0,\"b\" c\n");
    refused("train.csv:2: text behind a closing quotation mark");
    write("train.csv", "0,\"a\nb\"\n2,c\n");
    refused("train.csv:3: label '2' is unknown; allowed 0, 1");
    write("train.csv", "0,a\n1\n");
    refused("train.csv:2: found 1 columns; expected 2");
    write("train.csv", "");
    refused("train.csv: holds no examples");
  }

  private void refused(String message) {
    assertThatThrownBy(this::load).isInstanceOf(UserError.class).hasMessageContaining(message);
  }
}
