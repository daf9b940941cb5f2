package dev.loadstar.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
  private final Problems problems = new Problems();
  private final References references = new References(Map.of("HOST", "db.example", "EMPTY", ""));

  private Reference written(String text) {
    return new Reference(text, new Location("loadstar.yaml", 3, 9));
  }

  @Test
  void referencesInsideTextAreFilledIn() {
    assertThat(references.text(written("jdbc:postgresql://${env:HOST}/${env:DB:-shop}"), problems))
        .contains("jdbc:postgresql://db.example/shop");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void everyMissingVariableIsNamedWithItsPlace() {
    assertThat(references.text(written("${env:A}-${env:EMPTY}"), problems)).isEmpty();
    assertThat(problems.all()).hasSize(2);
    assertThat(problems.all().toString()).contains("loadstar.yaml:3:9", "A is not set", "EMPTY");
  }

  @Test
  void aFileIsReadAndStripped(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "s3cret\n");
    Secret secret = references.secret(written("${file:" + file + "}"), problems).orElseThrow();
    assertThat(secret.reveal()).isEqualTo("s3cret");
    assertThat(secret).hasToString("[secret]");
  }

  @Test
  void anUnknownSchemeIsAProblem() {
    assertThat(references.text(written("${vault:x}"), problems)).isEmpty();
    assertThat(problems.all().get(0).message()).contains("${env:NAME}");
  }
}
