package org.trimtab.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.json.Json;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.pretrained.BackbonePrecision;
import org.trimtab.pretrained.HfBackboneConfig;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
import org.trimtab.weights.SafetensorsWriter;

/**
 * A tiny backbone as a Hugging Face directory, whose parts can be spoilt before they are written.
 */
public final class TinyFolder {
  /** The text of a {@code tokenizer.json}: five special tokens, then {@code w5} to {@code w49}. */
  public static final String TOKENIZER = tokenizer(50, 1);

  private final Path directory;
  public final Map<String, Object> config = new LinkedHashMap<>();
  public final Map<String, HostTensor> tensors = new LinkedHashMap<>();
  public final Map<String, String> metadata = new LinkedHashMap<>();
  public String tokenizer = TOKENIZER;

  /** A backbone of {@code family}, to be written to {@code directory}. */
  public TinyFolder(Path directory, String family) {
    this.directory = directory;
    BertConfig shape = TinyWeights.shape(family);
    config.putAll(config(shape));
    TinyWeights weights = TinyWeights.of(shape);
    weights.names().forEach(name -> tensors.put(name, weights.tensor(name)));
  }

  /** What {@code config.json} says of {@code shape}. */
  public static Map<String, Object> config(BertConfig shape) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", shape.modelType());
    config.put("hidden_size", shape.hiddenSize());
    config.put("num_hidden_layers", shape.layers());
    config.put("num_attention_heads", shape.heads());
    config.put("intermediate_size", shape.intermediateSize());
    config.put("vocab_size", shape.vocabularySize());
    config.put("max_position_embeddings", shape.positions());
    config.put("layer_norm_eps", shape.layerNormEpsilon());
    config.put("hidden_act", shape.activation());
    config.put("pad_token_id", shape.padTokenId());
    config.put("type_vocab_size", shape.segments());
    return config;
  }

  /** A WordPiece of {@code words} entries that gives a pair's second text {@code segment}. */
  public static String tokenizer(int words, int segment) {
    List<String> special = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    String vocabulary =
        Stream.concat(special.stream(), IntStream.range(5, words).mapToObj(i -> "w" + i))
            .collect(Collectors.joining("\", \"", "[\"", "\"]"));
    Map<String, Object> ids = new LinkedHashMap<>();
    Json.parse(vocabulary, "words").forEach(word -> ids.put(word.asText(), ids.size()));
    return """
    {"version": "1.0", "added_tokens": [], "normalizer": null,
     "pre_tokenizer": {"type": "Whitespace"}, "decoder": {"type": "WordPiece", "prefix": "##",
     "cleanup": true}, "post_processor": {"type": "TemplateProcessing",
     "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
     "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": %d}},
       {"SpecialToken": {"id": "[SEP]", "type_id": %d}}],
     "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
       "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
     "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
     "max_input_chars_per_word": 100, "vocab": %s}}
    """
        .formatted(segment, segment, Json.pretty(ids));
  }

  /** The same with every tensor called {@code prefix} and its name. */
  public TinyFolder prefixed(String prefix) {
    Map<String, HostTensor> before = new LinkedHashMap<>(tensors);
    tensors.clear();
    before.forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    return this;
  }

  /** The tensor called {@code name} with its first value replaced. */
  public TinyFolder spoilt(String name, double value) {
    HostTensor tensor = java.util.Optional.ofNullable(tensors.get(name)).orElseThrow();
    double[] values = tensor.doubles();
    values[0] = value;
    tensors.put(name, HostTensor.of(values, tensor.shape()));
    return this;
  }

  /** The tensor called {@code name} with other axes or another type, all zeros. */
  public TinyFolder zeros(String name, DType type, long... shape) {
    long size = 1;
    for (long axis : shape) {
      size *= axis;
    }
    tensors.put(
        name, new HostTensor(type, shape, java.nio.ByteBuffer.allocate((int) size * type.bytes())));
    return this;
  }

  /** Writes all of it, and gives the directory. */
  public Path write() {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("config.json"), Json.pretty(config));
      Files.writeString(directory.resolve("tokenizer.json"), tokenizer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors, metadata);
    return directory;
  }

  /** Writes all of it, and opens it. */
  public BackboneFiles open() {
    return open(write());
  }

  /** Opens a directory as settings would. */
  public static BackboneFiles open(Path directory) {
    return new HfBackboneConfig(
            directory,
            Tuning.FROZEN,
            PoolerMode.NONE,
            DropoutRates.NONE,
            KernelChoice.AUTO,
            BackbonePrecision.FP32,
            "cpu")
        .open();
  }
}
