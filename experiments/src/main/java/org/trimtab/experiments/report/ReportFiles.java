package org.trimtab.experiments.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trimtab.base.AtomicFile;
import org.trimtab.json.Json;

/** Writes a report in every form into the sweep's folder. */
public final class ReportFiles {
  private ReportFiles() {}

  /** Returns the table and where the files lie, as lines for people. */
  public static List<String> write(Report report, Path folder) {
    Map<String, Object> json = ReportJson.of(report);
    AtomicFile.writeText(folder.resolve("report.json"), Json.pretty(json));
    AtomicFile.writeText(folder.resolve("report.html"), HtmlReport.page(json));
    AtomicFile.writeText(folder.resolve("report.md"), TextReports.markdown(report));
    AtomicFile.writeText(folder.resolve("report.tex"), TextReports.latex(report));
    AtomicFile.writeText(folder.resolve("trials.csv"), TextReports.csv(report));
    List<String> lines = new ArrayList<>(TextReports.table(report));
    lines.add("");
    lines.add("report " + folder.resolve("report.html"));
    return lines;
  }
}
