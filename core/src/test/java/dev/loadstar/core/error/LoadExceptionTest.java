package dev.loadstar.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadExceptionTest {
  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE,          INTERNAL,            1",
    "INTERNAL,             GUARD_EXCEEDED,     65",
    "GUARD_EXCEEDED,       CREDENTIALS_REFUSED, 2",
    "UNREACHABLE,          CREDENTIALS_REFUSED, 2",
    "RUN_AHEAD,            UNREACHABLE,        75",
  })
  void ofSeveralFailuresTheOneThatAPersonMustActOnDecides(ErrorCode a, ErrorCode b, int exit) {
    LoadException one = new LoadException(a, "Cannot do a.");
    LoadException other = new LoadException(b, "Cannot do b.");

    for (List<LoadException> order : List.of(List.of(one, other), List.of(other, one))) {
      LoadException all = LoadException.all(order);
      assertThat(all.code().kind().exitCode()).isEqualTo(exit);
      assertThat(all.getMessage().lines())
          .containsExactlyInAnyOrder("Cannot do a.", "Cannot do b.");
    }
  }

  @Test
  void whatDecidesTheCodeIsToldFirst() {
    assertThat(
            LoadException.all(
                List.of(
                    new LoadException(ErrorCode.UNREACHABLE, "Cannot wait."),
                    new LoadException(ErrorCode.USAGE, "Cannot guess."))))
        .hasMessage("Cannot guess.\nCannot wait.");
  }

  @Test
  void whatSeveralMetIsToldOnce() {
    LoadException met = new LoadException(ErrorCode.UNREACHABLE, "Cannot reach it.");

    assertThat(LoadException.all(List.of(met, met, met))).hasMessage("Cannot reach it.");
  }
}
