package org.trimtab.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

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
    byte[] text = (seed + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
