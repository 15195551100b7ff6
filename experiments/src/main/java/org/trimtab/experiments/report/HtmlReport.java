package org.trimtab.experiments.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.json.Json;

/**
 * The report of a sweep as one HTML page: style, scripts and data are in it, and its policy forbids
 * every request.
 */
public final class HtmlReport {
  /** The module that puts the page together; it imports the others. */
  private static final String ENTRY = "report";

  private static final List<String> STYLES =
      List.of(
          "theme.css", "page.css", "tables.css", "plots.css", "tips.css", "lists.css", "media.css");

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private HtmlReport() {}

  /** The page of {@code report}, a JSON value. */
  public static String page(Map<String, Object> report) {
    String style = String.join("\n", Resources.texts(STYLES));
    String d3 = Resources.d3(); // the one global of the modules
    String modules = ScriptBundle.of(ENTRY, Resources::text);
    Map<String, String> parts =
        Map.of(
            "policy", ContentSecurityPolicy.of(style, List.of(d3, modules)),
            "style", style,
            "data", data(report),
            "d3", d3,
            "modules", modules);
    // One pass: what is put in is never searched for places again.
    return PLACE
        .matcher(Resources.text("report.html"))
        .replaceAll(place -> Matcher.quoteReplacement(part(parts, place.group(1))));
  }

  /**
   * JSON that can't end its element or open a comment: {@code <} and its like stand in texts only,
   * where JSON lets them be escaped.
   */
  private static String data(Map<String, Object> report) {
    return Json.line(report)
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e");
  }

  private static String part(Map<String, String> parts, String name) {
    return Objects.requireNonNull(parts.get(name), name);
  }
}
