package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql://db.example/dw", "jdbc:mysql://db.example/dw"})
  void aServerThatIsNotTrustedIsNoServerThatIsAway(String url) {
    Database database = new Database(url, Optional.empty(), Optional.empty());
    SSLHandshakeException handshake = new SSLHandshakeException("secret words");
    handshake.initCause(new CertificateException("of the driver"));

    LoadException untrusted =
        database.failure(
            "connect to", new SQLException("lost", "08006", new IOException(handshake)));
    LoadException away =
        database.failure("connect to", new SQLException("lost", "08006", new IOException("gone")));

    assertThat(untrusted.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
    assertThat(untrusted.getMessage())
        .contains("db.example/dw", "certificate")
        .doesNotContain("secret words", "of the driver");
    assertThat(away.code()).isEqualTo(ErrorCode.UNREACHABLE);
  }
}
