package dev.loadstar.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.error.ErrorCode;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private final Problems problems = new Problems();

  private YamlMap read(String text) {
    return new YamlReader(problems).read(text, "x.yaml").orElseThrow();
  }

  @Test
  void scalarsAreReadByTheTypeThatIsAskedFor() {
    YamlMap map = read("country: NO\nzip: 012\nlate: 06:00\nage: 1e3\nday: 2026-01-01\n");
    assertThat(map.text("country")).contains("NO");
    assertThat(map.text("zip")).contains("012");
    assertThat(map.text("late")).contains("06:00");
    assertThat(map.text("age")).contains("1e3");
    assertThat(map.text("day")).contains("2026-01-01");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void everyMistakeIsReportedWithItsPlaceAndItsFix() {
    YamlMap map = read("masking: 1\ncolour: red\nretries: many\n  \n");
    map.find("masking");
    map.scalar("retries").flatMap(v -> v.integer(0, 9));
    map.find("color");
    map.require("name");
    map.refuseOthers();
    assertThat(problems.all())
        .extracting(Problems.Problem::toString)
        .containsExactly(
            "x.yaml:1:1: \"name\" is missing; add it",
            "x.yaml:2:1: unknown key \"colour\"; did you mean \"color\"?",
            "x.yaml:3:10: expected a whole number from 0 to 9, found \"many\"");
  }

  @Test
  void anUnquotedStarIsExplained() {
    assertThat(new YamlReader(problems).read("a:\n  *_at: x\n", "x.yaml")).isEmpty();
    assertThat(problems.all()).hasSize(1);
    assertThat(problems.all().get(0).message()).contains("quote it: \"*_at\"");
    assertThat(problems.all().get(0).location().line()).isEqualTo(2);
  }

  @Test
  void anUnquotedReferenceInAFlowMapIsExplained() {
    new YamlReader(problems).read("a: { url: ${env:X}, b: c }\n", "x.yaml");
    assertThat(problems.all()).isNotEmpty();
    assertThat(problems.all().get(0).message()).contains("\"${env:NAME}\"");
  }

  @Test
  void aDuplicateKeyNamesBothPlaces() {
    read("a: 1\nb: 2\na: 3\n");
    assertThat(problems.all()).hasSize(1);
    assertThat(problems.all().get(0).toString()).startsWith("x.yaml:3:1").contains("line 1");
  }

  @Test
  void aNodeThatContainsItselfIsAProblemAndNotAnOverflow() {
    new YamlReader(problems).read("a: &a\n  b: *a\n", "x.yaml");
    assertThat(problems.all().get(0).message()).contains("alias");
  }

  @Test
  void customTagsAreRefused() {
    new YamlReader(problems).read("a: !!java.net.URL [http://localhost]\n", "x.yaml");
    new YamlReader(problems).read("b: !secret x\n", "y.yaml");
    assertThat(problems.all()).extracting(p -> p.location().file()).contains("x.yaml", "y.yaml");
  }

  @Test
  void anEmptyFileIsAnEmptyMapAndANameAloneTakesDefaults() {
    assertThat(read("# nothing\n").keys()).isEmpty();
    assertThat(read("payments:\n").map("payments").orElseThrow().keys()).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void aSecretInClearIsRefusedAndNotRepeated() {
    YamlMap map = read("password: hunter2\n");
    assertThat(map.secret("password")).isEmpty();
    assertThat(problems.all().get(0).toString()).contains("${env:NAME}").doesNotContain("hunter2");
  }

  @Test
  void durationsAndSharesCarryTheirUnits() {
    YamlMap map = read("a: 36h\nb: 0.5%\nc: 90\nd: 120%\n");
    assertThat(map.scalar("a").flatMap(YamlScalar::duration)).contains(Duration.ofHours(36));
    assertThat(map.scalar("b").flatMap(YamlScalar::share).orElseThrow())
        .isEqualByComparingTo("0.005");
    assertThat(map.scalar("c").flatMap(YamlScalar::duration)).isEmpty();
    assertThat(map.scalar("d").flatMap(YamlScalar::share)).isEmpty();
    assertThat(problems.count()).isEqualTo(2);
  }

  @Test
  void throwingListsEveryProblemInOrder() {
    problems.add(new Location("b.yaml", 1, 1), "second");
    problems.add(new Location("a.yaml", 9, 1), "first");
    Assertions.assertThatThrownBy(() -> problems.throwIfAny(ErrorCode.CONFIGURATION_INVALID))
        .hasMessage("a.yaml:9:1: first\nb.yaml:1:1: second");
  }
}
