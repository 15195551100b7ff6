package org.trimtab.tensor;

import java.nio.ByteBuffer;
import java.util.Random;
import org.trimtab.base.Sha256;

/**
 * Independent random streams, each named by its purpose: what one part draws never moves what
 * another part gets.
 */
public record RandomStreams(long seed) {
  /** A new stream for {@code purpose}; the same seed and purpose give the same stream. */
  public Random stream(String purpose) {
    return new Random(hash(purpose));
  }

  /** A seed for step {@code step} of {@code purpose}, for a generator whose state can't be kept. */
  public int seedOf(String purpose, long step) {
    return (int) hash(purpose + "/" + step) & Integer.MAX_VALUE;
  }

  private long hash(String purpose) {
    return ByteBuffer.wrap(Sha256.bytes(seed + "/" + purpose)).getLong();
  }
}
