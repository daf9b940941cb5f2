package dev.loadstar.core.secret;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A value that must never be printed. Two secrets are never equal, so none ends up as a map key.
 */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 1L;
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The clear value, for the call that needs it and for nothing else. */
  public String reveal() {
    return value;
  }

  public byte[] revealBytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
