package org.trimtab.experiments.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * ES modules as one script without requests: a browser fetches what a module imports, which a page
 * in one file can't have (and an import map of {@code data:} addresses needs a policy that lets any
 * such address run). Each module becomes a function of its own scope, behind those that it imports.
 * Of the language's forms there are two, {@code import { a, b } from './file.js';} and {@code
 * export} before a function or a constant; any other is refused.
 */
final class ScriptBundle {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{([^}]*)} from '\\./([a-z]+)\\.js';$");
  private static final Pattern EXPORT = Pattern.compile("(?m)^export (const|function) (\\w+)");
  private static final Pattern OTHER = Pattern.compile("(?m)^(import|export)\\b.*$");

  private final UnaryOperator<String> sources;
  private final Map<String, Set<String>> exports = new LinkedHashMap<>();
  private final Set<String> open = new LinkedHashSet<>();
  private final StringBuilder script = new StringBuilder();

  private ScriptBundle(UnaryOperator<String> sources) {
    this.sources = sources;
  }

  /**
   * The module {@code entry} with all that it imports.
   *
   * @param sources a file's text by its name
   * @throws IllegalStateException if a module can't be read, names what another doesn't export, or
   *     imports itself by way of others
   */
  static String of(String entry, UnaryOperator<String> sources) {
    ScriptBundle bundle = new ScriptBundle(sources);
    bundle.add(entry);
    return bundle.script.toString();
  }

  private void add(String name) {
    if (exports.containsKey(name)) {
      return;
    }
    if (!open.add(name)) {
      throw new IllegalStateException("modules import one another: " + String.join(", ", open));
    }
    String source = sources.apply(name + ".js");
    IMPORT.matcher(source).results().forEach(found -> add(found.group(2)));
    String body = IMPORT.matcher(source).replaceAll(found -> constants(name, found));
    Set<String> own = exported(body);
    write(name, EXPORT.matcher(body).replaceAll("$1 $2"), own);
    exports.put(name, own);
    open.remove(name);
  }

  private String constants(String importer, MatchResult found) {
    String module = found.group(2);
    Set<String> known = exports.getOrDefault(module, Set.of());
    List<String> names =
        Stream.of(found.group(1).split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalStateException(
            "%s.js imports '%s', which %s.js does not export; found %s"
                .formatted(importer, name, module, String.join(", ", known)));
      }
    }
    return Matcher.quoteReplacement(
        "const { " + String.join(", ", names) + " } = $" + module + ";");
  }

  private static Set<String> exported(String body) {
    return EXPORT
        .matcher(body)
        .results()
        .map(found -> found.group(2))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void write(String name, String body, Set<String> own) {
    Matcher other = OTHER.matcher(body);
    if (other.find()) {
      throw new IllegalStateException(name + ".js: can't be bundled: " + other.group());
    }
    script.append("// ").append(name).append(".js\nconst $").append(name).append(" = (() => {\n");
    script.append(body.strip()).append("\nreturn { ").append(String.join(", ", own));
    script.append(" };\n})();\n");
  }
}
