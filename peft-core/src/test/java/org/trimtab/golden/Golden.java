package org.trimtab.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.trimtab.backbone.Input;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.Safetensors;

/**
 * The folders of reference outputs, named by the system properties {@code trimtab.golden} and
 * {@code trimtab.golden.families}.
 */
public final class Golden {
  private Golden() {}

  /** The folder; the calling test is skipped, saying so, where it isn't there. */
  public static Path folder() {
    return folder("trimtab.golden");
  }

  private static Path folder(String property) {
    Path folder = Path.of(System.getProperty(property, property)).normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(folder), () -> "skipped: no reference outputs at " + folder);
    return folder;
  }

  /** The folders below {@code parent}, sorted. */
  public static List<Path> cases(String parent) {
    return below(folder().resolve(parent));
  }

  /** The folders below {@code parent} of the further families, sorted. */
  public static List<Path> families(String parent) {
    return below(familiesFolder().resolve(parent));
  }

  /** The folder of the further families; skips as {@link #folder} does. */
  public static Path familiesFolder() {
    return folder("trimtab.golden.families");
  }

  /** The folders in {@code parent}, sorted. */
  public static List<Path> below(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All tensors of a file, copied. */
  public static Map<String, HostTensor> tensors(Path file) {
    try (Safetensors source = Safetensors.open(file)) {
      Map<String, HostTensor> tensors = new LinkedHashMap<>();
      source.names().forEach(name -> tensors.put(name, source.tensor(name)));
      return tensors;
    }
  }

  /** The tensor called {@code name}. */
  public static <T> T get(Map<String, T> tensors, String name) {
    T tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no '" + name + "' in " + tensors.keySet());
    }
    return tensor;
  }

  /** Ids, types (0 where the model has none) and mask under {@code prefix}. */
  public static Input input(Map<String, HostTensor> values, String prefix, Tensors tensors) {
    HostTensor ids = get(values, prefix + "input_ids");
    long[] shape = ids.shape();
    long[] types =
        values.containsKey(prefix + "token_type_ids")
            ? get(values, prefix + "token_type_ids").longs()
            : new long[(int) ids.size()];
    return new Input(
        tensors.of(ids.longs(), shape),
        tensors.of(types, shape),
        tensors.of(get(values, prefix + "attention_mask").doubles(), shape));
  }

  /** The largest difference over the rows (B, T, H) whose mask is one. */
  public static double difference(
      Tensors tensors, Tensor actual, HostTensor expected, Input input) {
    double[] mask = tensors.doubles(input.mask());
    return difference(tensors.doubles(actual), expected.doubles(), mask);
  }

  /** The largest difference over all values. */
  public static double difference(double[] actual, double[] expected) {
    return difference(actual, expected, new double[] {1});
  }

  /** The largest difference over the rows whose mask is one. */
  public static double difference(double[] actual, double[] expected, double[] mask) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " values, expected " + expected.length);
    }
    int width = actual.length / mask.length;
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      if (mask[i / width] == 1) {
        double difference = Math.abs(actual[i] - expected[i]);
        largest = difference <= largest ? largest : difference; // NaN stays
      }
    }
    return largest;
  }

  /** 1e-5 of the largest expected value, or of 1. */
  public static double tolerance(HostTensor expected) {
    return 1e-5 * Math.max(1, largest(expected));
  }

  /** The largest absolute value. */
  public static double largest(HostTensor tensor) {
    return java.util.Arrays.stream(tensor.doubles()).map(Math::abs).max().orElse(0);
  }
}
