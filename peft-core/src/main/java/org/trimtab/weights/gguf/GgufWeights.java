package org.trimtab.weights.gguf;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.WeightNames;
import org.trimtab.weights.WeightSource;

/**
 * The weights of a Llama in a GGUF file, by Hugging Face's names and in its layout: the rows of
 * queries and keys, which llama.cpp interleaves for its rotary positions, are put back.
 */
public final class GgufWeights implements WeightSource {
  private static final String ARCHITECTURE = "llama";

  /** What rotary frequencies are divided by: no weight of a layer, but told as a tensor. */
  private static final String ROPE_FACTORS = "rope_freqs.weight";

  private final GgufFile file;
  private final Map<String, String> names;
  private final int heads;
  private final int keyHeads;

  private GgufWeights(GgufFile file, Map<String, String> names) {
    this.file = file;
    this.names = names;
    this.heads = file.metadata().positive(ARCHITECTURE + ".attention.head_count");
    this.keyHeads = file.metadata().positive(ARCHITECTURE + ".attention.head_count_kv", heads);
  }

  /**
   * Opens a file and checks all but the values.
   *
   * @throws UserError if it is missing or malformed, holds no whole Llama, or tensors that are none
   *     of one
   */
  public static GgufWeights open(Path path) {
    GgufFile file = GgufFile.open(path);
    try {
      requireLlama(file.metadata());
      return new GgufWeights(file, names(file));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void requireLlama(GgufMetadata metadata) {
    if (!metadata.text("general.type", "model").equals("model")) {
      throw metadata.wrong("general.type", "model");
    }
    if (!metadata.text("general.architecture").equals(ARCHITECTURE)) {
      throw metadata.wrong("general.architecture", ARCHITECTURE);
    }
    if (metadata.whole("split.count", 1) > 1) {
      throw metadata.wrong("split.count", "1: a model in one file");
    }
    if (metadata.whole("general.quantization_version", 2) != 2) {
      throw metadata.wrong("general.quantization_version", "2");
    }
  }

  private static Map<String, String> names(GgufFile file) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : file.names()) {
      if (!name.equals(ROPE_FACTORS)) {
        names.put(
            LlamaNames.canonical(name)
                .orElseThrow(
                    () ->
                        new UserError(
                            file.path()
                                + ": holds a tensor '"
                                + name
                                + "', which a Llama doesn't have")),
            name);
      }
    }
    return names;
  }

  /** What the file says of itself. */
  public GgufMetadata metadata() {
    return file.metadata();
  }

  /** What the rotary frequency of each pair of features is divided by, where the file says so. */
  public Optional<HostTensor> ropeFactors() {
    return file.shape(ROPE_FACTORS).map(shape -> file.tensor(ROPE_FACTORS));
  }

  /** The shape of the tensor {@code name}, without reading it; none where there is none. */
  public Optional<long[]> shape(String name) {
    return Optional.ofNullable(names.get(name)).flatMap(file::shape);
  }

  @Override
  public String origin() {
    return file.path().toString();
  }

  @Override
  public List<String> names() {
    return List.copyOf(names.keySet());
  }

  @Override
  public HostTensor tensor(String name) {
    String own = names.get(name);
    if (own == null) {
      throw WeightNames.missing(origin(), name, names.keySet());
    }
    if (LlamaNames.isQuery(own)) {
      return file.halved(own, heads);
    }
    return LlamaNames.isKey(own) ? file.halved(own, keyHeads) : file.tensor(own);
  }

  @Override
  public void close() {
    file.close();
  }
}
