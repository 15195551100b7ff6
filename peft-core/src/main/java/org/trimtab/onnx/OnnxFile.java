package org.trimtab.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;

/** Files as the format of ONNX begins them. */
public final class OnnxFile {
  private static final int VERSION = 0x08;

  /** Tags of a model's fields that may follow its version: texts, graph, imports, metadata. */
  private static final String NEXT = "\u0012\u001a\"(2:Br";

  private OnnxFile() {}

  /**
   * Refuses to write over what is no ONNX file.
   *
   * @throws UserError if such a file is there
   */
  public static void requireReplaceable(Path file) {
    if (!Files.isRegularFile(file)) {
      return; // whoever writes says what else may not stand there
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(3);
      boolean empty = first.length == 0;
      if (!empty && !begins(first)) {
        throw new UserError(
            file + ": a file that is no ONNX file, and so isn't replaced; allowed another name");
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }

  private static boolean begins(byte[] first) {
    return first.length == 3 && first[0] == VERSION && first[1] > 0 && NEXT.indexOf(first[2]) >= 0;
  }
}
