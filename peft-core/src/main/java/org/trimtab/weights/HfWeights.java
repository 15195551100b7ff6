package org.trimtab.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.tensor.HostTensor;

/**
 * The weights of a Hugging Face directory: one safetensors file, or shards with an index. What
 * stands around the model, such as {@code bert.} or {@code module.}, is no part of its names.
 */
public final class HfWeights implements WeightSource {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
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
   * @param words the table of tokens, by its name without a prefix
   * @throws UserError if neither is there, or they are malformed or contradict each other
   */
  public static HfWeights open(Path directory, String words) {
    Path single = directory.resolve(SINGLE);
    Path index = directory.resolve(INDEX);
    if (Files.exists(single)) {
      return index(directory, words, List.of(Safetensors.open(single)));
    }
    if (Files.exists(index)) {
      return shards(directory, words, index);
    }
    throw new UserError(
        directory + ": has neither model.safetensors nor model.safetensors.index.json");
  }

  private static HfWeights shards(Path directory, String words, Path index) {
    JsonNode map = Json.read(index).path("weight_map");
    if (!map.isObject()) {
      throw new UserError(index + ": has no weight_map");
    }
    Map<String, Safetensors> byFile = new LinkedHashMap<>();
    HfWeights opened;
    try {
      map.forEach(
          f -> byFile.computeIfAbsent(f.asText(), n -> Safetensors.open(directory.resolve(n))));
      opened = index(directory, words, List.copyOf(byFile.values()));
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

  private static HfWeights index(Path directory, String words, List<Safetensors> files) {
    List<String> all = files.stream().flatMap(file -> file.names().stream()).toList();
    WeightNames names = WeightNames.of(all, words, directory.toString());
    Map<String, Shard> shards = new LinkedHashMap<>();
    for (Safetensors file : files) {
      for (String name : file.names()) {
        Shard other = shards.put(names.canonical(name), new Shard(file, name));
        if (other != null) {
          throw new UserError(
              directory + ": holds '" + other.name() + "' and '" + name + "', the same tensor");
        }
      }
    }
    files.forEach(file -> file.metadata().forEach((gone, kept) -> tie(names, gone, kept, shards)));
    if (tied(directory)) {
      WeightNames.OUTPUTS_OF_WORDS.forEach(kept -> tie(names, words, kept, shards));
    }
    return new HfWeights(directory, files, shards);
  }

  /**
   * Words are looked up in the table that predicts them, unless the configuration says otherwise.
   */
  private static boolean tied(Path directory) {
    Path config = directory.resolve("config.json");
    return !Files.exists(config) || Json.read(config).path("tie_word_embeddings").asBoolean(true);
  }

  /** Where only one of two tied tensors was written, it stands for both. */
  private static void tie(WeightNames names, String gone, String kept, Map<String, Shard> shards) {
    Shard place = shards.get(names.canonical(kept));
    if (place != null) {
      shards.putIfAbsent(names.canonical(gone), place);
    }
  }

  /** The files that hold the weights of {@code directory}, those that {@link #open} reads. */
  public static List<Path> files(Path directory) {
    Path index = directory.resolve(INDEX);
    if (Files.exists(directory.resolve(SINGLE)) || !Files.exists(index)) {
      return List.of(directory.resolve(SINGLE));
    }
    return Json.read(index).path("weight_map").properties().stream()
        .map(shard -> directory.resolve(shard.getValue().asText()))
        .distinct()
        .sorted()
        .toList();
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
      throw WeightNames.missing(origin(), name, shards.values().stream().map(Shard::name).toList());
    }
    return place.file().tensor(place.name());
  }

  @Override
  public void close() {
    files.forEach(Safetensors::close);
  }
}
