package dev.loadstar.masking.vault;

import dev.loadstar.masking.key.MaskingKeys;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens and seals clear values: AES-256-GCM under a key derived from the masking key, bound
 * to class and token, so that a sealed value moved to another row does not open. Thread safe.
 */
final class TokenCipher implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int TOKEN_BYTES = 16;

  private final String keyId;
  private final byte[] key;

  TokenCipher(MaskingKeys keys) {
    keyId = keys.currentId();
    key = keys.current().bytes("loadstar token vault v1");
  }

  String keyId() {
    return keyId;
  }

  /** 128 random bits as 22 characters that are safe in URLs and file names. */
  static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  byte[] seal(String className, String token, String clear) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, nonce, className, token, clear.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
  }

  String open(String className, String token, byte[] sealed) {
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    byte[] nonce = new byte[NONCE_BYTES];
    buffer.get(nonce);
    byte[] rest = new byte[buffer.remaining()];
    buffer.get(rest);
    return new String(
        run(Cipher.DECRYPT_MODE, nonce, className, token, rest), StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, String className, String token, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD((className + "\n" + token).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed value does not open under key " + keyId, e);
    }
  }

  @Override
  public String toString() {
    return "[token cipher]";
  }
}
