package org.trimtab.tensor.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function in TorchScript, from its text: the engine loads archives alone, and this packs one.
 *
 * <p>The text is of the dialect that archives hold (operators as calls of {@code torch}, a
 * statement a line). It runs without the engine's graph optimizer, which would compute the first
 * calls otherwise than the later ones, and take a quarter of a second for each of the first.
 */
final class TorchScript {
  /** All operands arrive as one list: the engine's library tells lists by their arrays' name. */
  private static final String LIST = "xs[]";

  private static final String HEAD =
      """
      class M(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.M,
          xs: List[Tensor]) -> %s:
      """;

  /** An object of class M whose only attribute, training, is true. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nM\n)\u0081}(X\u0008\0\0\0training\u0088ub.";

  /** An empty tuple. */
  private static final String CONSTANTS = "\u0080\u0002).";

  private final PtSymbolBlock block;

  private TorchScript(PtSymbolBlock block) {
    this.block = block;
  }

  /**
   * The function of {@code xs: List[Tensor]} with this body.
   *
   * @param manager frees it with what else it holds
   * @param result its type, {@code Tensor} or {@code List[Tensor]}
   * @param body statements, a line each, indented by four
   */
  static TorchScript of(NDManager manager, String result, String body) {
    byte[] archive = archive(HEAD.formatted(result) + body);
    try (InputStream in = new ByteArrayInputStream(archive)) {
      // Not by DJL's Model: that makes a folder for each, which lies there until the process ends.
      return new TorchScript(JniUtils.loadModule((PtNDManager) manager, in, false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the function gives. In training mode always: otherwise results could take no part in a
   * graph, be it this thread's or a later one.
   */
  NDList run(NDList operands) {
    operands.forEach(TorchScript::inList);
    JniUtils.setGraphExecutorOptimize(false); // of this thread
    return IValueUtils.forward(block, operands, true);
  }

  private static void inList(NDArray operand) {
    if (!LIST.equals(operand.getName())) {
      operand.setName(LIST);
    }
  }

  private static byte[] archive(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "m/data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "m/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      put(zip, "m/constants.pkl", CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "m/version", "10\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The engine maps entries where they lie, and so takes none that are compressed. */
  private static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.length);
    CRC32 checksum = new CRC32();
    checksum.update(data);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }
}
