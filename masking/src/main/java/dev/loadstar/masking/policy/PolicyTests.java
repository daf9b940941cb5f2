package dev.loadstar.masking.policy;

import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.masking.key.KeyedHash;
import dev.loadstar.masking.technique.NormalForm;
import dev.loadstar.masking.technique.Technique;
import dev.loadstar.masking.technique.ValueMask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs the {@code tests} that stand beside a rule. */
final class PolicyTests {
  /** Keyed techniques are tested for sameness only, so any key will do. */
  private static final KeyedHash ANY =
      new KeyedHash("the tests beside a rule".getBytes(StandardCharsets.UTF_8));

  private final Technique technique;
  private final NormalForm form;

  PolicyTests(Technique technique, NormalForm form) {
    this.technique = technique;
    this.form = form;
  }

  void run(YamlMap rule) {
    List<YamlNode> tests = rule.list("tests").map(list -> list.items()).orElse(List.of());
    for (int i = 0; i < tests.size(); i++) {
      int number = i + 1;
      tests.get(i).asMap().ifPresent(test -> run(test, number));
    }
  }

  private void run(YamlMap test, int number) {
    Optional<String> in = test.requireText("in");
    Optional<String> same = test.text("same_as");
    boolean out = test.has("out");
    if (out == same.isPresent()) {
      test.problem("a test has either \"out\" or \"same_as\"");
    } else if (in.isPresent() && same.isPresent()) {
      verdict(test, number, masked(in.get()), masked(same.get()));
    } else if (in.isPresent() && technique.keepsIdentity()) {
      test.problem("\"out\" of %s depends on a key; use \"same_as\"".formatted(technique.word()));
    } else if (in.isPresent()) {
      String wanted =
          test.find("out").orElseThrow().isNothing() ? null : test.text("out").orElse("");
      verdict(test, number, masked(in.get()), wanted);
    }
    test.refuseOthers();
  }

  private void verdict(YamlMap test, int number, String found, String wanted) {
    if (!Objects.equals(found, wanted)) {
      test.problem(
          "test %d of %s fails: the result is \"%s\"; change the rule or the test"
              .formatted(
                  number, technique.word(), technique.keepsIdentity() ? "different" : found));
    }
  }

  private String masked(String clear) {
    return technique instanceof Technique.Tokenize
        ? form.of(clear)
        : ValueMask.of(technique, form, ANY).apply(clear);
  }
}
