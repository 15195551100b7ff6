package org.trimtab.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.base.UserError;

/**
 * From a file's names to canonical ones.
 *
 * @param prefix what stands before the model's own names, such as {@code module.bert.}
 */
public record WeightNames(String prefix) {
  private static final String WORDS = "embeddings.word_embeddings.weight";

  /** Of BERT and RoBERTa: the layer that predicts words by the table that they are looked up in. */
  static final List<String> OUTPUTS_OF_WORDS =
      List.of("cls.predictions.decoder.weight", "lm_head.decoder.weight", "lm_head.weight");

  private static final String POSITIONS = "embeddings.position_embeddings.weight";

  /** What wrappers of a module within the model leave in names. */
  private static final List<String> WRAPPERS =
      List.of("_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.");

  /** Those of a BERT or RoBERTa. */
  public static WeightNames of(Collection<String> names, String origin) {
    return of(names, WORDS, origin);
  }

  /**
   * The names of one file or of all shards.
   *
   * @param words the canonical name of the table of tokens
   * @throws UserError if they hold two models, so that it isn't clear which one is meant
   */
  public static WeightNames of(Collection<String> names, String words, String origin) {
    Set<String> prefixes = new TreeSet<>();
    for (String name : names) {
      String plain = unwrapped(name);
      for (String end : List.of(words, POSITIONS)) {
        if (plain.equals(end) || plain.endsWith("." + end)) {
          prefixes.add(plain.substring(0, plain.length() - end.length()));
        }
      }
    }
    if (prefixes.size() > 1) {
      throw new UserError(
          origin
              + ": holds "
              + prefixes.size()
              + " models: the names of their embeddings begin with '"
              + String.join("', '", prefixes)
              + "'; allowed one");
    }
    return new WeightNames(prefixes.isEmpty() ? "" : prefixes.iterator().next());
  }

  /** Without prefix and wrappers, and with today's names of a norm's gain and bias. */
  public String canonical(String name) {
    String plain = unwrapped(name);
    String own = plain.startsWith(prefix) ? plain.substring(prefix.length()) : outer(plain);
    return own.replace("LayerNorm.gamma", "LayerNorm.weight")
        .replace("LayerNorm.beta", "LayerNorm.bias");
  }

  /** A head's name, without what stands before head and model alike. */
  private String outer(String name) {
    for (int end = prefix.lastIndexOf('.'); end > 0; end = prefix.lastIndexOf('.', end - 1)) {
      if (name.startsWith(prefix.substring(0, end + 1))) {
        return name.substring(end + 1);
      }
    }
    return name;
  }

  private static String unwrapped(String name) {
    String plain = name;
    for (String wrapper : WRAPPERS) {
      plain = plain.replace(wrapper, "");
    }
    return plain;
  }

  /**
   * The refusal of a name that isn't among {@code names}, which shows the one that is most alike.
   */
  public static UserError missing(String origin, String name, Collection<String> names) {
    String found =
        names.stream()
            .max(Comparator.comparingInt(other -> alike(name, other)))
            .map(other -> "; found '" + other + "' and " + (names.size() - 1) + " others")
            .orElse("; found none");
    return new UserError(origin + ": the model has no tensor '" + name + "'" + found);
  }

  private static int alike(String one, String other) {
    int end = 0;
    int shorter = Math.min(one.length(), other.length());
    while (end < shorter
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    int start = 0;
    while (start < shorter && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    return Math.min(end + start, shorter);
  }
}
