package dev.loadstar.masking.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final String FIRST = "first-key-first-key-first-key-first-key";
  private static final String SECOND = "second-key-second-key-second-key-second";

  private static MaskingKeys keys(String... texts) {
    return new MaskingKeys(
        java.util.stream.IntStream.range(0, texts.length)
            .mapToObj(i -> new MaskingKeys.Key("k" + i, new Secret(texts[i])))
            .toList());
  }

  @Test
  void hashIsHmacSha256AsTheStandardSays() {
    // RFC 4231, test case 2
    KeyedHash hash = new KeyedHash("Jefe".getBytes(StandardCharsets.US_ASCII));

    assertThat(hash.hex("what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void aNewKeyMasksAnewAndKeepsChangeDigests() {
    MaskingKeys before = keys(FIRST);
    MaskingKeys after = keys(FIRST, SECOND);

    assertThat(after.current().hex("x")).isNotEqualTo(before.current().hex("x"));
    assertThat(after.changeDigest().of("x")).isEqualTo(before.changeDigest().of("x"));
    assertThat(after.changeDigest().fingerprint()).isEqualTo(before.changeDigest().fingerprint());
    assertThat(keys(SECOND).changeDigest().fingerprint())
        .isNotEqualTo(before.changeDigest().fingerprint());
  }

  @Test
  void digestsWithoutAKeySayThatTheyArePlain() {
    assertThat(keys().changeDigest().fingerprint()).isEqualTo("plain");
    assertThat(keys().changeDigest().of("a")).isNotEqualTo(keys().changeDigest().of("b"));
  }

  @Test
  void nothingOfAKeyIsPrinted() {
    MaskingKeys keys = keys(FIRST);

    assertThat(List.of(keys, keys.current(), keys.changeDigest()).toString())
        .doesNotContain("first-key");
  }
}
