import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.gguf.GgufWeights;

/**
 * Prints a GGUF file's tensors as Trimtab reads them, for check-gguf.py: each its name, its number
 * of values (eight bytes, big-endian) and the values as F32, little-endian.
 */
final class GgufTensors {
  private GgufTensors() {}

  public static void main(String[] arguments) throws IOException {
    try (GgufWeights weights = GgufWeights.open(Path.of(arguments[0]));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 20))) {
      for (String name : weights.names()) {
        out.writeUTF(name);
        write(weights.tensor(name), out);
      }
    }
  }

  private static void write(HostTensor tensor, DataOutputStream out) throws IOException {
    float[] values = tensor.floats();
    out.writeLong(values.length);
    int part = 1 << 16;
    ByteBuffer bytes = ByteBuffer.allocate(part * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += part) {
      int count = Math.min(part, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }
}
