package org.trimtab.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** A tree as a YAML file that {@link YamlParser} reads back, by Jackson's generator. */
final class YamlWriter {
  private final JsonGenerator out;

  private YamlWriter(JsonGenerator out) {
    this.out = out;
  }

  static String write(ConfigNode tree) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();
    StringWriter text = new StringWriter();
    try (JsonGenerator out = factory.createGenerator(text)) {
      new YamlWriter(out).node(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void node(ConfigNode node) throws IOException {
    switch (node.kind()) {
      case SCALAR -> scalar(node);
      case SEQUENCE -> sequence(node);
      case MAPPING -> mapping(node);
    }
  }

  private void scalar(ConfigNode scalar) throws IOException {
    if (scalar.quoted()) {
      out.writeString(Variables.escaped(scalar.text()));
    } else if (scalar.text().equals("true") || scalar.text().equals("false")) {
      out.writeBoolean(Boolean.parseBoolean(scalar.text()));
    } else {
      out.writeNumber(scalar.text());
    }
  }

  private void sequence(ConfigNode sequence) throws IOException {
    out.writeStartArray();
    for (ConfigNode item : sequence.items()) {
      node(item);
    }
    out.writeEndArray();
  }

  private void mapping(ConfigNode mapping) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, ConfigNode.Entry> entry : mapping.entries().entrySet()) {
      ConfigNode value = entry.getValue().value();
      if (!value.isNothing()) {
        out.writeFieldName(entry.getKey());
        node(value);
      }
    }
    out.writeEndObject();
  }
}
