package dev.loadstar.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest extends LakeContract {
  @TempDir Path folder;
  private int lakes;

  @Override
  String freshAddress() {
    return "lake " + lakes++;
  }

  @Override
  Lake open(String address) {
    return Lakes.open(address, folder, Map.of());
  }

  @Override
  Optional<Lake> find(String address) {
    return Lakes.find(address, folder, Map.of());
  }

  @Override
  boolean isUntouched(String address) {
    return Files.notExists(folder.resolve(address));
  }

  @Override
  Lake another(Lake lake) {
    return Lakes.open(lake.files().uri("").substring("file://".length()), folder, Map.of());
  }

  @Override
  int rounds() {
    return 300;
  }

  @Test
  void aFileUriAndAPathAreTheSameLake() {
    Lake lake = freshLake();
    Path path = folder.resolve("lake 0");
    assertThat(Lakes.open(path.toUri().toString(), folder, Map.of()).id()).isEqualTo(lake.id());
  }

  @Test
  void anAddressOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> Lakes.open("gs://bucket", folder, Map.of()))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
  }
}
