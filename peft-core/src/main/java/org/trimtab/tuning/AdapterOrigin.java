package org.trimtab.tuning;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;

/**
 * What an adapter's values belong to: {@code trimtab.json}.
 *
 * @param backbone the name of the model that it was trained on
 * @param settings that it was trained with, by key; paths are not among them
 */
public record AdapterOrigin(
    String backbone, String task, Hashes hashes, Map<String, String> settings) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String NAME = "trimtab.json";

  /** The keys of hashes of contents, in a run's records too. */
  public static final String BACKBONE_SHA256 = "backbone_sha256";

  public static final String TOKENIZER_SHA256 = "tokenizer_sha256";
  public static final String DATA_SHA256 = "data_sha256";

  private static final String BACKBONE = "backbone";
  private static final String TASK = "task";
  private static final String FOLDED = "folded";
  private static final String FILES = "files_sha256";
  private static final String SETTINGS = "settings";

  /**
   * Of contents.
   *
   * @param data of the task's files that it was trained and scored on
   * @param files of those that the method reads of a saved adapter, where it reads any
   */
  public record Hashes(String backbone, String tokenizer, String data, Optional<String> files) {}

  /** Writes it into an adapter's folder. */
  public void write(Path adapter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(BACKBONE, backbone);
    json.put(BACKBONE_SHA256, hashes.backbone());
    json.put(TOKENIZER_SHA256, hashes.tokenizer());
    json.put(DATA_SHA256, hashes.data());
    json.put(TASK, task);
    json.put(FOLDED, true);
    hashes.files().ifPresent(hash -> json.put(FILES, hash));
    json.put(SETTINGS, settings);
    AtomicFile.writeText(adapter.resolve(NAME), Json.pretty(json));
  }

  /** That of an adapter's folder; empty where it is none of Trimtab's. */
  public static Optional<AdapterOrigin> find(Path adapter) {
    return Files.exists(adapter.resolve(NAME)) ? Optional.of(read(adapter)) : Optional.empty();
  }

  /**
   * Reads that of an adapter's folder.
   *
   * @throws org.trimtab.base.UserError if it isn't there or is damaged
   */
  public static AdapterOrigin read(Path adapter) {
    return RecordFile.read(
        adapter.resolve(NAME),
        "an adapter isn't loaded without knowing what it belongs to: put the file back, or train anew",
        AdapterOrigin::read);
  }

  private static AdapterOrigin read(JsonObject json) {
    Hashes hashes =
        new Hashes(
            hash(json, BACKBONE_SHA256),
            hash(json, TOKENIZER_SHA256),
            hash(json, DATA_SHA256),
            json.has(FILES) ? Optional.of(hash(json, FILES)) : Optional.empty());
    return new AdapterOrigin(
        json.text(BACKBONE), json.text(TASK), hashes, json.textsByName(SETTINGS));
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
