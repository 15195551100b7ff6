package org.trimtab.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Settings, {@code key=value} each, as a tree that merges like a file. */
final class Settings {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private Settings() {}

  /** The settings together; a later one wins. */
  static ConfigNode of(List<Setting> settings, Problems problems) {
    ConfigNode all = ConfigNode.mapping(new Location("--set", 0, 0), Map.of());
    for (Setting setting : settings) {
      all = one(setting, problems).over(all);
    }
    return all;
  }

  private static ConfigNode one(Setting setting, Problems problems) {
    Location location = new Location(setting.origin(), 0, 0);
    String set = setting.text();
    int equals = set.indexOf('=');
    String key = equals < 0 ? "" : set.substring(0, equals).strip();
    if (!KEY.matcher(key).matches()) {
      problems.addUnreadable(location, "", "allowed key=value, such as train.lr=1e-3");
      return ConfigNode.mapping(location, Map.of());
    }
    if (key.equals("extends")) {
      problems.addUnreadable(location, key, "allowed in files only");
    }
    ConfigNode value = YamlParser.parseValue(set.substring(equals + 1), key, problems, location);
    String[] path = key.split("\\.", -1);
    for (int i = path.length - 1; i >= 0; i--) {
      Map<String, ConfigNode.Entry> entry = new LinkedHashMap<>();
      entry.put(path[i], new ConfigNode.Entry(location, value));
      value = ConfigNode.mapping(location, entry);
    }
    return value;
  }
}
