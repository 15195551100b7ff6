package org.trimtab.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of contents, in hexadecimal. */
public final class Hashes {
  private static final int BUFFER = 1 << 20;

  private Hashes() {}

  public static String of(byte[] bytes) {
    return hex(digest(), bytes);
  }

  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of {@code parts}, each behind its length, so that no two lists look alike. */
  public static String ofParts(List<byte[]> parts) {
    MessageDigest digest = digest();
    for (byte[] part : parts) {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part.length).array());
      digest.update(part);
    }
    return hex(digest, new byte[0]);
  }

  /** Of the files' contents, one behind the other. */
  public static String of(List<Path> files) {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      } catch (NoSuchFileException e) {
        throw new UserError(file + ": there is no such file", e);
      } catch (IOException e) {
        throw new UserError(file + ": can't be read: " + e.getMessage(), e);
      }
    }
    return hex(digest, new byte[0]);
  }

  private static String hex(MessageDigest digest, byte[] last) {
    return HexFormat.of().formatHex(digest.digest(last));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
