package org.trimtab.peft.file;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.family.bert.BertModules;
import org.trimtab.json.JsonSettings;
import org.trimtab.peft.PeftSource;

/** What the files of an encoder's adapter say. */
record EncoderSource(JsonSettings settings, TensorNames tensors) implements PeftSource {
  private static final String LAYER = "^(.*\\.)?\\d+\\.";

  @Override
  public List<String> modulesWith(String ending) {
    return tensors.whole().keySet().stream()
        .filter(name -> name.endsWith(ending))
        .map(name -> name.substring(0, name.length() - ending.length()))
        .sorted()
        .toList();
  }

  @Override
  public Set<Point> points(String name) {
    String inLayer = name.replaceFirst(LAYER, "");
    boolean whole = !inLayer.equals(name); // what stands after the layer is the rest of the path
    Set<Point> points = EnumSet.noneOf(Point.class);
    for (Site site : BertModules.MODULES) {
      String path = BertModules.NAMES.of(site).replaceFirst(LAYER, "");
      if (path.equals(inLayer) || (!whole && path.endsWith("." + inLayer))) {
        points.add(site.point());
      }
    }
    return points;
  }
}
