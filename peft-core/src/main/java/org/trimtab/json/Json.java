package org.trimtab.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;

/** Strict JSON: no duplicate keys, nothing after the value. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads a file.
   *
   * @throws UserError if it is missing or no JSON; the message has file, line and column
   */
  public static JsonNode read(Path file) {
    return parse(new TextFile(file).text(), file.toString());
  }

  /** Reads {@code text}; {@code origin} names it in messages. */
  public static JsonNode parse(String text, String origin) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new UserError(origin + place + ": " + firstLine(e.getOriginalMessage()), e);
    }
  }

  /** One line, keys in their order. */
  public static String line(Object value) {
    return text(value, MAPPER);
  }

  /** Indented, keys in their order, with a line end at the end. */
  public static String pretty(Object value) {
    return text(value, MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build()) + "\n";
  }

  private static String text(Object value, JsonMapper mapper) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("can't be written as JSON", e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
  }
}
