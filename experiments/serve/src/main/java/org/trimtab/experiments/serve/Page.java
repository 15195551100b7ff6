package org.trimtab.experiments.serve;

import java.util.List;
import java.util.TreeMap;
import org.trimtab.experiments.serving.ServedTask;
import org.trimtab.json.Json;

/** The page that tells people of a server: no script, nothing from elsewhere. */
final class Page {
  private static final String STYLE =
      "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
          + "code,pre{font-family:ui-monospace,monospace}"
          + "pre{padding:.75rem;border:1px solid;overflow:auto}"
          + "td,th{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}";

  private Page() {}

  static String of(List<Route> routes, List<ServedTask> tasks) {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">");
    page.append("<meta charset=\"utf-8\"><title>Trimtab</title><style>").append(STYLE);
    page.append("</style>\n<h1>Trimtab</h1>\n<h2>Tasks</h2>\n<table>");
    page.append("<tr><th>name<th>labels<th>backbone<th>method\n");
    for (ServedTask task : tasks) {
      page.append("<tr><td><code>").append(escaped(task.name())).append("</code><td>");
      page.append(escaped(String.join(", ", task.labels()))).append("<td>");
      page.append(escaped(task.backbone())).append("<td>").append(escaped(task.method()));
      page.append('\n');
    }
    page.append("</table>\n<pre>").append(escaped(example(tasks.get(0).name()))).append("</pre>\n");
    routes.forEach(route -> append(page, route));
    return page.append("</html>\n").toString();
  }

  private static String example(String task) {
    return "curl -H 'Content-Type: application/json' \\\n  -d '{\"task\": "
        + Json.line(task)
        + ", \"texts\": [\"A quiet, clever film.\"]}' \\\n  http://HOST:PORT/predict";
  }

  private static void append(StringBuilder page, Route route) {
    page.append("<h2><code>").append(route.method()).append(' ').append(escaped(route.path()));
    page.append("</code></h2>\n<p>").append(escaped(route.summary())).append("\n<table>");
    new TreeMap<>(route.statuses())
        .forEach(
            (status, meaning) ->
                page.append("<tr><th>").append(status).append("<td>").append(escaped(meaning)));
    page.append("</table>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
