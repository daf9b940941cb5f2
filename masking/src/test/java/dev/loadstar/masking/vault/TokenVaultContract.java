package dev.loadstar.masking.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.masking.key.MaskingKeys;
import dev.loadstar.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a token vault does on every engine. */
abstract class TokenVaultContract {
  private static final MaskingKeys KEYS = keys("k1");

  private static MaskingKeys keys(String... ids) {
    return new MaskingKeys(
        java.util.Arrays.stream(ids)
            .map(id -> new MaskingKeys.Key(id, new Secret(id.repeat(20))))
            .toList());
  }

  abstract TestDatabase server();

  private TokenVault vault(String url, MaskingKeys keys) {
    TokenVault vault =
        new TokenVault(
            new TokenVaultAddress(url, server().user(), new Secret(server().password())), keys);
    vault.prepare();
    return vault;
  }

  private static Map<String, String> tokens(TokenVault vault, String... values) {
    Map<String, String> asked = new HashMap<>();
    for (String value : values) {
      asked.put(vault.lookup("payment_card", value), value);
    }
    Map<String, String> byValue = new HashMap<>();
    try (Tokens tokens = vault.open()) {
      tokens
          .tokens("payment_card", asked)
          .forEach((lookup, token) -> byValue.put(asked.get(lookup), token));
    }
    return byValue;
  }

  @Test
  void theSameValueHasTheSameTokenForEverAndOthersHaveOthers() {
    String url = server().freshDatabase();
    Map<String, String> first = tokens(vault(url, KEYS), "4111", "4222");
    Map<String, String> again = tokens(vault(url, keys("k1", "k2")), "4222", "4333");

    assertThat(again).containsEntry("4222", first.get("4222"));
    assertThat(first.get("4111")).hasSize(22).isNotEqualTo(first.get("4222"));
    assertThat(again.get("4333")).isNotIn(first.values());
  }

  @Test
  void theTableHoldsNothingClearAndOpensUnderTheKey() throws Exception {
    String url = server().freshDatabase();
    String token = tokens(vault(url, KEYS), "4111111111111111").get("4111111111111111");

    try (Connection connection = server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM token_vault")) {
      assertThat(row.next()).isTrue();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        assertThat(new String(row.getBytes(i), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain("4111");
      }
      assertThat(row.getString("key_id")).isEqualTo("k1");
      byte[] sealed = row.getBytes("clear_value");
      assertThat(new TokenCipher(KEYS).open("payment_card", token, sealed))
          .isEqualTo("4111111111111111");
      assertThatThrownBy(() -> new TokenCipher(KEYS).open("email", token, sealed))
          .isInstanceOf(IllegalStateException.class);
      assertThat(row.next()).isFalse();
    }
  }

  @Test
  void executorsAtOnceAgreeOnEveryToken() throws Exception {
    String url = server().freshDatabase();
    TokenVault vault = vault(url, KEYS);
    String[] values = IntStream.range(0, 1000).mapToObj(i -> "value " + i).toArray(String[]::new);
    int racers = 4;
    CyclicBarrier start = new CyclicBarrier(racers);
    ExecutorService pool = Executors.newFixedThreadPool(racers);
    try {
      Callable<Map<String, String>> racer =
          () -> {
            TokenVault shipped = copy(vault);
            start.await();
            return tokens(shipped, values);
          };
      List<Map<String, String>> found =
          pool.invokeAll(java.util.Collections.nCopies(racers, racer)).stream()
              .map(TokenVaultContract::result)
              .toList();
      assertThat(found.stream().distinct().collect(Collectors.toList())).hasSize(1);
      assertThat(found.get(0).values()).hasSize(1000).doesNotHaveDuplicates();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void anUnreachableVaultIsNamedAndRetryable() {
    TokenVault nowhere =
        new TokenVault(
            new TokenVaultAddress("jdbc:" + server().engine() + "://127.0.0.1:1/vault", "u", null),
            KEYS);

    assertThatThrownBy(nowhere::prepare)
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE);
              assertThat(e).hasMessageContaining("127.0.0.1:1/vault");
            });
  }

  private static Map<String, String> result(Future<Map<String, String>> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError("a racer failed", e);
    }
  }

  private static TokenVault copy(TokenVault vault) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(vault);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (TokenVault) in.readObject();
    }
  }
}
