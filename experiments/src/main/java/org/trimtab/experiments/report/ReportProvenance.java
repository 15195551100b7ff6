package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.json.Json;

/** Where trials came from: each fact once, with all the values that it has among them. */
final class ReportProvenance {
  private ReportProvenance() {}

  static Map<String, List<String>> of(List<TrialResult> trials) {
    Map<String, Set<String>> facts = new LinkedHashMap<>();
    for (TrialResult trial : trials) {
      if (Files.isRegularFile(trial.folder().provenance())) {
        collect(
            "", Json.parse(Json.line(Provenance.read(trial.folder()).json()), "provenance"), facts);
      }
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    facts.forEach((key, values) -> lists.put(key, new ArrayList<>(values)));
    return lists;
  }

  private static void collect(String parent, JsonNode node, Map<String, Set<String>> facts) {
    for (Map.Entry<String, JsonNode> fact : node.properties()) {
      String key = parent.isEmpty() ? fact.getKey() : parent + "." + fact.getKey();
      if (fact.getValue().isObject() && !Provenance.OF_ONE_TRIAL.contains(key)) {
        collect(key, fact.getValue(), facts);
      } else if (!Provenance.OF_ONE_TRIAL.contains(key)) {
        facts.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(fact.getValue().asText());
      }
    }
  }
}
