package dev.loadstar.masking.key;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * HMAC-SHA-256 under one key. Thread safe and serializable; {@link #toString()} shows nothing of
 * the key.
 */
public final class KeyedHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private final byte[] key;
  private transient ThreadLocal<Mac> macs;

  public KeyedHash(byte[] key) {
    this.key = key.clone();
  }

  /** A hash under a key derived from this one for another purpose. */
  public KeyedHash derive(String purpose) {
    return new KeyedHash(bytes(purpose));
  }

  /** 32 bytes. */
  public byte[] bytes(String text) {
    return mac().doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 64 characters of lower case hex. */
  public String hex(String text) {
    return Hex.encodeHexString(bytes(text));
  }

  private Mac mac() {
    ThreadLocal<Mac> local = macs;
    if (local == null) {
      local =
          ThreadLocal.withInitial(
              () -> HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, key));
      macs = local; // a race makes one more Mac, nothing else
    }
    return local.get();
  }

  @Override
  public String toString() {
    return "[keyed hash]";
  }
}
