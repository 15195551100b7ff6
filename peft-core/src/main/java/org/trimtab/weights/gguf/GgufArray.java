package org.trimtab.weights.gguf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An array of metadata, whose values are read when they are asked for: vocabularies are long.
 *
 * @param type of each value
 * @param count of them, as many as {@code bytes} hold
 * @param file named in messages
 */
public record GgufArray(GgufType type, int count, ByteBuffer bytes, String file) {
  /**
   * All values, as {@link GgufMetadata#get} has them.
   *
   * @throws org.trimtab.base.UserError if one is none of its type, such as a text that isn't UTF-8
   */
  public List<Object> values() {
    GgufCursor in = new GgufCursor(bytes, file);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(in.value(type, "an array"));
    }
    return values;
  }

  @Override
  public String toString() {
    return count + " of " + type;
  }
}
