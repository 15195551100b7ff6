package org.trimtab.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.tensor.HostTensor;

/** The weights of a Hugging Face directory: one safetensors file, or shards with an index. */
public final class HfWeights implements WeightSource {
  private static final Pattern PREFIX = Pattern.compile("^(bert|roberta)\\.");
  private final Path directory;
  private final List<Safetensors> files;
  private final Map<String, Shard> shards;

  /** Which file holds a tensor, and under what name. */
  private record Shard(Safetensors file, String name) {}

  private HfWeights(Path directory, List<Safetensors> files, Map<String, Shard> shards) {
    this.directory = directory;
    this.files = files;
    this.shards = shards;
  }

  /**
   * Opens {@code model.safetensors}, or else the shards of {@code model.safetensors.index.json}.
   *
   * @throws UserError if neither is there, or they are malformed or contradict each other
   */
  public static HfWeights open(Path directory) {
    Path single = directory.resolve("model.safetensors");
    Path index = directory.resolve("model.safetensors.index.json");
    if (Files.exists(single)) {
      return index(directory, List.of(Safetensors.open(single)));
    }
    if (Files.exists(index)) {
      return shards(directory, index);
    }
    throw new UserError(
        directory + ": has neither model.safetensors nor model.safetensors.index.json");
  }

  private static HfWeights shards(Path directory, Path index) {
    JsonNode map = Json.read(index).path("weight_map");
    if (!map.isObject()) {
      throw new UserError(index + ": has no weight_map");
    }
    Map<String, Safetensors> byFile = new LinkedHashMap<>();
    HfWeights opened;
    try {
      map.forEach(
          f -> byFile.computeIfAbsent(f.asText(), n -> Safetensors.open(directory.resolve(n))));
      opened = index(directory, List.copyOf(byFile.values()));
      map.properties().forEach(f -> requireTensor(byFile, f.getKey(), f.getValue(), index));
    } catch (RuntimeException e) {
      byFile.values().forEach(Safetensors::close);
      throw e;
    }
    return opened;
  }

  private static void requireTensor(
      Map<String, Safetensors> byFile, String name, JsonNode file, Path index) {
    Safetensors shard = byFile.get(file.asText());
    if (shard == null || !shard.names().contains(name)) {
      throw new UserError(
          index + ": says that " + file.asText() + " holds '" + name + "', which it doesn't");
    }
  }

  private static HfWeights index(Path directory, List<Safetensors> files) {
    Map<String, Shard> shards = new LinkedHashMap<>();
    for (Safetensors file : files) {
      for (String name : file.names()) {
        Shard other = shards.put(canonical(name), new Shard(file, name));
        if (other != null) {
          throw new UserError(
              directory + ": holds '" + other.name() + "' and '" + name + "', the same tensor");
        }
      }
    }
    return new HfWeights(directory, files, shards);
  }

  /** Without the model's prefix, and with today's names of a norm's gain and bias. */
  private static String canonical(String name) {
    return PREFIX
        .matcher(name)
        .replaceFirst("")
        .replace("LayerNorm.gamma", "LayerNorm.weight")
        .replace("LayerNorm.beta", "LayerNorm.bias");
  }

  @Override
  public String origin() {
    return directory.toString();
  }

  @Override
  public List<String> names() {
    return new ArrayList<>(shards.keySet());
  }

  @Override
  public HostTensor tensor(String name) {
    Shard place = shards.get(name);
    if (place == null) {
      throw new UserError(directory + ": the model has no tensor '" + name + "'");
    }
    return place.file().tensor(place.name());
  }

  @Override
  public void close() {
    files.forEach(Safetensors::close);
  }
}
