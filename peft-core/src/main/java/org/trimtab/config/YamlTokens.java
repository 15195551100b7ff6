package org.trimtab.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.Mark;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The tokens of Jackson's parser, with what it doesn't tell of them taken from the text itself. */
final class YamlTokens {
  /** What a token is. */
  enum Kind {
    SCALAR,
    ALIAS,
    SEQUENCE,
    MAPPING,
    KEY,
    /** A sequence, a mapping or an alias in a key's place; nothing can be read after it. */
    NO_KEY,
    /** Of a sequence or a mapping. */
    END,
    /** Of the text. */
    NOTHING
  }

  private static final String UNPRINTABLE = "a character that is not allowed in it";
  private static final String BEYOND =
      "an escape of no character; allowed \\U00000000 to \\U0010FFFF";
  private final YamlText text;
  private final YAMLParser parser;

  YamlTokens(String text) {
    this.text = new YamlText(text);
    try {
      parser = new YAMLFactory().createParser(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on to where no key can stand. */
  Kind next() throws NoYaml {
    int before = start();
    try {
      return kind(parser.nextToken());
    } catch (JacksonYAMLParseException e) {
      throw noYaml(e);
    } catch (JsonProcessingException e) {
      if (start() == before) {
        throw noYaml(e);
      }
      parser.clearCurrentToken(); // a text that isn't what its tag says
      return Kind.SCALAR;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on to a mapping's next key, or its end. */
  Kind nextKey() throws NoYaml {
    try {
      return kind(parser.nextToken());
    } catch (JacksonYAMLParseException e) {
      throw noYaml(e);
    } catch (JsonProcessingException e) {
      return Kind.NO_KEY;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Kind kind(@Nullable JsonToken token) {
    if (token == null) {
      return parser.isClosed() ? Kind.NOTHING : Kind.SCALAR;
    }
    return switch (token) {
      case START_ARRAY -> Kind.SEQUENCE;
      case START_OBJECT -> Kind.MAPPING;
      case FIELD_NAME -> Kind.KEY;
      case END_ARRAY, END_OBJECT -> Kind.END;
      default -> parser.isCurrentAlias() ? Kind.ALIAS : Kind.SCALAR;
    };
  }

  @SuppressWarnings("deprecation") // no other type knows the place of an error
  private NoYaml noYaml(JsonProcessingException e) {
    if (e instanceof MarkedYAMLException marked) {
      Mark mark = marked.getProblemMark();
      String problem = String.valueOf(marked.getProblem());
      return new NoYaml(mark.getLine() + 1, mark.getColumn() + 1, problem);
    }
    return text.unprintable()
        .map(at -> at(at, UNPRINTABLE))
        .or(() -> text.escapedBeyond(end()).map(at -> at(at, BEYOND)))
        .orElseGet(() -> new NoYaml(1, 1, e.getOriginalMessage()));
  }

  private NoYaml at(int place, String problem) {
    return new NoYaml(text.line(place), text.column(place), problem);
  }

  /** After this there is nothing. */
  void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scalar's or a key's text, or an alias's name. */
  String text() {
    try {
      boolean decoded = parser.currentToken() != null;
      return decoded ? parser.getText() : text.text(content(), end());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a scalar is quoted, or a block of lines. */
  boolean isQuoted() {
    return content() < end() && text.is(content(), "\"'|>");
  }

  /** What a {@link Kind#NO_KEY} is. */
  String found() {
    if (text.is(content(), "*")) {
      return text.text(content(), end());
    }
    return text.is(content(), "[-") ? "a list" : "a mapping";
  }

  /** An anchor and a tag before the content; a mapping starts where its first key does. */
  YamlText.Properties properties() {
    return text.properties(start());
  }

  int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  int column() {
    return parser.currentTokenLocation().getColumnNr();
  }

  /** The line at which the document of this token starts, from 1. */
  int lineOfDocument() {
    return text.line(text.document(start()));
  }

  private int content() {
    return text.properties(start()).content();
  }

  private int start() {
    return index(parser.currentTokenLocation());
  }

  private int end() {
    return index(parser.currentLocation());
  }

  private static int index(JsonLocation location) {
    return (int) location.getCharOffset();
  }
}
