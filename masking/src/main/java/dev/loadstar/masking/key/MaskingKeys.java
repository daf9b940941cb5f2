package dev.loadstar.masking.key;

import dev.loadstar.core.project.Settings;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.yaml.Problems;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The project's masking keys, resolved: the last one masks, the first one also seeds what must
 * survive a rotation (change digests and the vault's look-up). Never printed. Thread safe.
 */
public final class MaskingKeys implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Shorter keys can be guessed. */
  public static final int MIN_CHARACTERS = 32;

  /** One key by name. */
  public record Key(String id, Secret secret) implements Serializable {
    public Key {
      if (secret.reveal().length() < MIN_CHARACTERS) {
        throw new IllegalArgumentException("a masking key has at least 32 characters");
      }
    }
  }

  private final List<Key> keys;

  /**
   * @param keys in the order of the project; may be empty when nothing is personal
   */
  public MaskingKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Resolves {@code masking_keys}; what is missing or too short becomes a problem. */
  public static MaskingKeys resolve(Settings settings, References references, Problems problems) {
    List<Key> keys = new ArrayList<>();
    for (Settings.MaskingKey key : settings.maskingKeys()) {
      Optional<Secret> secret = references.secret(key.key(), problems);
      if (secret.filter(s -> s.reveal().length() < MIN_CHARACTERS).isPresent()) {
        problems.add(
            key.key().location(),
            "masking key \"%s\" is shorter than %d characters; generate one, for example with \"openssl rand -hex 32\""
                .formatted(key.id(), MIN_CHARACTERS));
      } else {
        secret.ifPresent(s -> keys.add(new Key(key.id(), s)));
      }
    }
    return new MaskingKeys(keys);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Name of the key that masks. */
  public String currentId() {
    return keys.get(keys.size() - 1).id();
  }

  /** The hash that masks. */
  public KeyedHash current() {
    return hash(keys.get(keys.size() - 1));
  }

  /** The hash that stays when keys rotate. */
  public KeyedHash first() {
    return hash(keys.get(0));
  }

  /** Digests under the first key; plain ones when there is none. */
  public ChangeDigest changeDigest() {
    return isEmpty() ? ChangeDigest.plain() : ChangeDigest.keyed(first());
  }

  private static KeyedHash hash(Key key) {
    return new KeyedHash(key.secret().revealBytes());
  }

  @Override
  public String toString() {
    return "[masking keys]";
  }
}
