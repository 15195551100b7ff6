package org.trimtab.experiments.runs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;

/**
 * What an adapter's values belong to: {@code trimtab.json}.
 *
 * @param backbone the name of the model that it was trained on
 * @param filesSha256 of the files that the method read, where it reads any of a saved adapter
 */
public record AdapterOrigin(
    String backbone, String backboneSha256, String task, Optional<String> filesSha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String NAME = "trimtab.json";
  private static final String BACKBONE = "backbone";
  private static final String TASK = "task";
  private static final String FOLDED = "folded";
  private static final String FILES = "files_sha256";

  /** Writes it into an adapter's folder. */
  public void write(Path adapter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(BACKBONE, backbone);
    json.put(Provenance.BACKBONE_SHA256, backboneSha256);
    json.put(TASK, task);
    json.put(FOLDED, true);
    filesSha256.ifPresent(hash -> json.put(FILES, hash));
    AtomicFile.writeText(adapter.resolve(NAME), Json.pretty(json));
  }

  /**
   * Reads that of an adapter's folder.
   *
   * @throws org.trimtab.base.UserError if it isn't there or is damaged
   */
  public static AdapterOrigin read(Path adapter) {
    JsonObject json = JsonObject.read(adapter.resolve(NAME));
    return new AdapterOrigin(
        json.text(BACKBONE),
        hash(json, Provenance.BACKBONE_SHA256),
        json.text(TASK),
        json.has(FILES) ? Optional.of(hash(json, FILES)) : Optional.empty());
  }

  private static String hash(JsonObject json, String key) {
    String hash = json.text(key);
    if (!SHA256.matcher(hash).matches()) {
      throw new UserError(
          json.source()
              + ": "
              + key
              + ": no SHA-256; found '"
              + hash
              + "'; allowed 64 hexadecimal digits: the file is damaged, and says no longer what the"
              + " adapter belongs to");
    }
    return hash;
  }
}
