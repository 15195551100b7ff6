package org.trimtab.experiments.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML text with one mistake in it.
 *
 * @param text the file's new text
 * @param keys whose values the mistake is about
 */
record YamlMutation(String text, List<String> keys) {
  /** The kinds of mistake. */
  enum Kind {
    DROP,
    RENAME,
    RETYPE,
    DUPLICATE,
    TRANSPOSE_LETTERS,
    TRANSPOSE_VALUES
  }

  /**
   * A key and its value.
   *
   * @param path from the root
   * @param from where the key begins
   * @param flow whether they stand within braces
   */
  private record Entry(
      String path, String key, Node value, int from, int keyEnd, int to, int column, boolean flow) {
    boolean scalar() {
      return value instanceof ScalarNode;
    }

    String parent() {
      return path.substring(0, path.length() - key.length());
    }
  }

  /** A mistake of {@code kind} in {@code text}; empty where it has no place for one. */
  static Optional<YamlMutation> of(Kind kind, String text, Random random) {
    List<Entry> entries = new ArrayList<>();
    Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    collect(root, "", text, entries);
    Entry entry = entries.get(random.nextInt(entries.size()));
    return switch (kind) {
      case DROP -> Optional.of(one(entry, drop(text, entry)));
      case RENAME -> Optional.of(renamed(text, entry, typo(entry.key(), random)));
      case RETYPE -> Optional.of(one(entry, retype(text, entry, random)));
      case DUPLICATE -> Optional.of(one(entry, duplicate(text, entry)));
      case TRANSPOSE_LETTERS -> transposed(entry.key(), random).map(k -> renamed(text, entry, k));
      case TRANSPOSE_VALUES -> transposeValues(text, entries, random);
    };
  }

  private static YamlMutation one(Entry entry, String text) {
    return new YamlMutation(text, List.of(entry.path()));
  }

  private static YamlMutation renamed(String text, Entry entry, String key) {
    return new YamlMutation(
        text.substring(0, entry.from()) + key + text.substring(entry.keyEnd()),
        List.of(entry.path(), entry.parent() + key));
  }

  private static void collect(Node node, String path, String text, List<Entry> entries) {
    if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        collect(sequence.getValue().get(i), path + "[" + i + "]", text, entries);
      }
    }
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      String own = path.isEmpty() ? key : path + "." + key;
      int from = tuple.getKeyNode().getStartMark().getIndex();
      int to = tuple.getValueNode().getEndMark().getIndex();
      int column = tuple.getKeyNode().getStartMark().getColumn();
      boolean flow = mapping.getFlowStyle() == DumperOptions.FlowStyle.FLOW;
      entries.add(
          new Entry(
              own,
              key,
              tuple.getValueNode(),
              from,
              from + key.length(),
              from + text.substring(from, to).stripTrailing().length(),
              column,
              flow));
      collect(tuple.getValueNode(), own, text, entries);
    }
  }

  private static String drop(String text, Entry entry) {
    String before = text.substring(0, entry.from());
    String after = text.substring(entry.to());
    if (!entry.flow()) {
      return before + after;
    }
    return after.startsWith(",")
        ? before + after.substring(1).stripLeading()
        : before.stripTrailing().replaceFirst(",$", "") + after;
  }

  /** A letter too many, one too few, or a wrong one. */
  private static String typo(String key, Random random) {
    int at = random.nextInt(key.length());
    String letter = String.valueOf((char) ('a' + random.nextInt(26)));
    return switch (random.nextInt(3)) {
      case 0 -> key.substring(0, at) + letter + key.substring(at);
      case 1 -> key.length() == 1 ? key + key : key.substring(0, at) + key.substring(at + 1);
      default -> key.substring(0, at) + "_" + key.substring(at + 1);
    };
  }

  private static Optional<String> transposed(String key, Random random) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i + 1 < key.length(); i++) {
      if (key.charAt(i) != key.charAt(i + 1)) {
        all.add(key.substring(0, i) + key.charAt(i + 1) + key.charAt(i) + key.substring(i + 2));
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private static String retype(String text, Entry entry, Random random) {
    int from = entry.value().getStartMark().getIndex();
    String old = text.substring(from, entry.to());
    List<String> others = others(entry, old);
    boolean block = text.substring(entry.keyEnd(), from).contains("\n");
    String before = block ? text.substring(0, entry.keyEnd()) + ": " : text.substring(0, from);
    return before + others.get(random.nextInt(others.size())) + text.substring(entry.to());
  }

  private static List<String> others(Entry entry, String old) {
    if (!entry.scalar()) {
      return List.of("3", "some words", "true", "~", "");
    }
    if (old.matches("true|false")) {
      return List.of("yes", "off", "1", "True", "[" + old + "]", "");
    }
    if (old.matches("[0-9.e-]+")) {
      return List.of(old + ".5", "0" + old, "\"" + old + "\"", "1_0", "0x1F", "NaN", "many", "{}");
    }
    return List.of("[" + old + "]", "{a: " + old + "}", "~", "", "&a " + old, "!x " + old, "3");
  }

  private static String duplicate(String text, Entry entry) {
    String own = text.substring(entry.from(), entry.to());
    String gap = entry.flow() ? ", " : "\n" + " ".repeat(entry.column());
    return text.substring(0, entry.from()) + own + gap + text.substring(entry.from());
  }

  /** The values of two keys of one mapping, each at the other's. */
  private static Optional<YamlMutation> transposeValues(
      String text, List<Entry> entries, Random random) {
    List<List<Entry>> pairs = new ArrayList<>();
    List<Entry> lines =
        entries.stream().filter(e -> !text.substring(e.from(), e.to()).contains("\n")).toList();
    for (Entry first : lines) {
      lines.stream()
          .filter(e -> e.parent().equals(first.parent()) && e.from() > first.from())
          .forEach(second -> pairs.add(List.of(first, second)));
    }
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(swapped(text, pairs.get(random.nextInt(pairs.size()))));
  }

  private static YamlMutation swapped(String text, List<Entry> pair) {
    Entry first = pair.get(0);
    Entry second = pair.get(1);
    int one = first.value().getStartMark().getIndex();
    int other = second.value().getStartMark().getIndex();
    String swapped =
        text.substring(0, one)
            + text.substring(other, second.to())
            + text.substring(first.to(), other)
            + text.substring(one, first.to())
            + text.substring(second.to());
    return new YamlMutation(swapped, List.of(first.path(), second.path()));
  }
}
