package org.trimtab.weights.onnx;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;

/**
 * Who made an ONNX file, as it says itself (onnx.proto: ModelProto).
 *
 * @param text for a reader
 */
public record OnnxProducer(String name, String domain, String text) {
  /** This program as the producer of a model. */
  public static final String TRIMTAB = "trimtab";

  /** Of models that this program made. */
  public static final String DOMAIN = "org.trimtab";

  private static final int NAME = 2;
  private static final int OF_DOMAIN = 4;
  private static final int TEXT = 6;

  /** Reads a file; of one that is no ONNX file it says nothing. */
  static OnnxProducer of(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private static OnnxProducer of(ByteBuffer model) {
    String[] texts = {"", "", "", "", "", "", ""};
    try {
      ByteBuffer in = model.order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        Protobuf.Field field = Protobuf.next(in);
        if (field.wire() == Protobuf.BYTES && field.number() <= TEXT) {
          texts[field.number()] = field.text();
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // whoever reads its weights says what is wrong
    }
    return new OnnxProducer(texts[NAME], texts[OF_DOMAIN], texts[TEXT]);
  }

  /**
   * Refuses a model that Trimtab exported: it holds a method and a head, too, and its backbone may
   * be changed by them.
   *
   * @throws UserError if {@code file} is one
   */
  public static void requireBackbone(Path file) {
    OnnxProducer producer = of(file);
    if (producer.name().equals(TRIMTAB) && producer.domain().equals(DOMAIN)) {
      throw new UserError(
          file
              + ": a whole model that Trimtab exported, no backbone: "
              + producer.text()
              + "; allowed the file of the backbone alone");
    }
  }
}
