package org.trimtab.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.base.HalfCharacter;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;

/** Strict JSON: no duplicate keys, nothing after the value. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern ESCAPED_SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private Json() {}

  /**
   * Reads a file.
   *
   * @throws UserError if it is missing, no JSON, or has half a character in a text; the message has
   *     file, line and column
   */
  public static JsonNode read(Path file) {
    return parse(new TextFile(file).text(), file.toString());
  }

  /** Reads {@code text}; {@code origin} names it in messages. */
  public static JsonNode parse(String text, String origin) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (ESCAPED_SURROGATE.matcher(text).find()) {
        requireCharacters(text, origin);
      }
      return node;
    } catch (JsonProcessingException e) {
      throw malformed(e, origin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code text}, which is JSON; numbers are texts, spelled as they are written. */
  static JsonNode spelled(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      return spelled(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode spelled(JsonParser at) throws IOException {
    if (at.isExpectedStartObjectToken()) {
      ObjectNode object = MAPPER.createObjectNode();
      while (at.nextToken() != JsonToken.END_OBJECT) {
        String name = at.currentName();
        at.nextToken();
        object.set(name, spelled(at));
      }
      return object;
    }
    if (at.isExpectedStartArrayToken()) {
      ArrayNode array = MAPPER.createArrayNode();
      while (at.nextToken() != JsonToken.END_ARRAY) {
        array.add(spelled(at));
      }
      return array;
    }
    return at.currentToken() == JsonToken.VALUE_NULL
        ? NullNode.getInstance()
        : TextNode.valueOf(at.getText());
  }

  private static void requireCharacters(String text, String origin) throws IOException {
    try (JsonParser at = MAPPER.createParser(text)) {
      while (at.nextToken() != null) {
        Optional<String> half = HalfCharacter.in(at.getText());
        if (half.isPresent()) {
          throw new UserError(origin + place(at.currentTokenLocation()) + ": " + half.get());
        }
      }
    }
  }

  private static UserError malformed(JsonProcessingException e, String origin) {
    String place = e.getLocation() == null ? "" : place(e.getLocation());
    return new UserError(origin + place + ": " + firstLine(e.getOriginalMessage()), e);
  }

  private static String place(JsonLocation location) {
    return ":" + location.getLineNr() + ":" + location.getColumnNr();
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
