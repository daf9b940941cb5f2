package dev.loadstar.masking.key;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Tells whether a clear value changed without showing it: the first 64 bits of a keyed hash of its
 * canonical text. Digests compare only under equal {@link #fingerprint()}s. Thread safe.
 */
public sealed interface ChangeDigest extends Serializable {
  /** Names the key without telling anything about it; kept beside the digests. */
  String fingerprint();

  /**
   * @param canonicalText of the clear value, not null
   */
  long of(String canonicalText);

  /** Under a key of its own, derived from the project's first masking key. */
  static ChangeDigest keyed(KeyedHash firstMaskingKey) {
    KeyedHash hash = firstMaskingKey.derive("loadstar change digest v1");
    return new Keyed(hash, hash.hex("fingerprint").substring(0, 16));
  }

  /** For projects without personal data and without keys. */
  static ChangeDigest plain() {
    return new Plain();
  }

  /** See {@link #keyed(KeyedHash)}. */
  record Keyed(KeyedHash hash, String fingerprint) implements ChangeDigest {
    @Override
    public long of(String canonicalText) {
      return ByteBuffer.wrap(hash.bytes(canonicalText)).getLong();
    }
  }

  /** See {@link #plain()}. */
  record Plain() implements ChangeDigest {
    @Override
    public String fingerprint() {
      return "plain";
    }

    @Override
    public long of(String canonicalText) {
      byte[] bytes = DigestUtils.sha256(canonicalText.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(bytes).getLong();
    }
  }
}
