package dev.loadstar.starschema.builder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A short name for a definition: equal definitions, equal names. */
final class Fingerprint {
  private Fingerprint() {}

  /** Of values whose {@code toString()} says all, such as records of text. */
  static String of(Object... parts) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
