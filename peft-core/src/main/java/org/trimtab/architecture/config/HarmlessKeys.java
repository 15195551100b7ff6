package org.trimtab.architecture.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys of {@code config.json} that speak of heads, training, generation or files. */
final class HarmlessKeys {
  private static final Set<String> ALL =
      Set.of(
          "architectures",
          "attention_probs_dropout_prob",
          "bad_words_ids",
          "begin_suppress_tokens",
          "bos_token_id",
          "chunk_size_feed_forward",
          "classifier_dropout",
          "cls_token_id",
          "cross_attention_hidden_size",
          "custom_pipelines",
          "decoder_start_token_id",
          "directionality",
          "diversity_penalty",
          "do_sample",
          "dtype",
          "early_stopping",
          "encoder_no_repeat_ngram_size",
          "eos_token_id",
          "exponential_decay_length_penalty",
          "finetuning_task",
          "forced_bos_token_id",
          "forced_eos_token_id",
          "gradient_checkpointing",
          "hidden_dropout_prob",
          "id2label",
          "initializer_range",
          "label2id",
          "language",
          "length_penalty",
          "mask_token_id",
          "max_length",
          "min_length",
          "name",
          "no_repeat_ngram_size",
          "num_beam_groups",
          "num_beams",
          "num_labels",
          "num_return_sequences",
          "output_attentions",
          "output_hidden_states",
          "output_past",
          "output_scores",
          "pooler_fc_size",
          "pooler_num_attention_heads",
          "pooler_num_fc_layers",
          "pooler_size_per_head",
          "pooler_type",
          "prefix",
          "problem_type",
          "remove_invalid_values",
          "repetition_penalty",
          "return_dict",
          "return_dict_in_generate",
          "sentence_transformers",
          "sep_token_id",
          "suppress_tokens",
          "task_specific_params",
          "temperature",
          "tf_legacy_loss",
          "tie_encoder_decoder",
          "tokenizer_class",
          "top_k",
          "top_p",
          "torch_dtype",
          "torchscript",
          "transformers_version",
          "typical_p",
          "unk_token_id",
          "use_bfloat16",
          "use_cache");

  private HarmlessKeys() {}

  /** The keys of {@code config}, with their values, that are neither read nor harmless. */
  static List<String> unknown(JsonNode config, Set<String> read) {
    return config.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .filter(field -> !field.getKey().startsWith("_"))
        .filter(field -> !read.contains(field.getKey()) && !ALL.contains(field.getKey()))
        .map(HarmlessKeys::line)
        .toList();
  }

  private static String line(Map.Entry<String, JsonNode> field) {
    String value = field.getValue().toString();
    return field.getKey() + ": " + (value.length() > 40 ? value.substring(0, 40) + "..." : value);
  }
}
