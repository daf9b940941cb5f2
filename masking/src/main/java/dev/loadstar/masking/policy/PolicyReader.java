package dev.loadstar.masking.policy;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import dev.loadstar.masking.classification.Classification;
import dev.loadstar.masking.classification.PersonalClass;
import dev.loadstar.masking.technique.NormalForm;
import dev.loadstar.masking.technique.Technique;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Reads {@code masking/policies.yaml}; mistakes go to the folder's problems. */
public final class PolicyReader {
  private final Problems problems;
  private final Set<EntityName> known;
  private final Classification classification;
  private final Map<String, MaskingRule> classes = new HashMap<>();
  private final Map<EntityName, Map<String, ColumnException>> columns = new HashMap<>();
  private Optional<String> owner = Optional.empty();
  private Optional<LocalDate> reviewBy = Optional.empty();

  private PolicyReader(Problems problems, Set<EntityName> known, Classification classification) {
    this.problems = problems;
    this.known = known;
    this.classification = classification;
  }

  /**
   * @param known the project's entities
   */
  public static Policies read(
      ProjectFolder folder, Set<EntityName> known, Classification classification) {
    PolicyReader reader = new PolicyReader(folder.problems(), known, classification);
    List<YamlMap> files = folder.read("masking/policies", false);
    for (YamlMap file : files) {
      reader.owner = file.text("owner").or(() -> reader.owner);
      reader.reviewBy =
          file.scalar("review_by").flatMap(YamlScalar::date).or(() -> reader.reviewBy);
    }
    for (YamlMap file : files) {
      file.map("classes").ifPresent(reader::classes);
      file.map("columns").ifPresent(reader::columns);
      file.refuseOthers();
    }
    return new Policies(reader.classes, reader.columns);
  }

  private void classes(YamlMap map) {
    for (YamlMap.Key key : map.keys()) {
      PersonalClass of = classification.classes().get(key.name());
      if (of == null || !of.isPersonal()) {
        String fix =
            of != null
                ? "; not_personal passes as it is"
                : Suggestion.among(key.name(), classification.classes().keySet());
        problems.add(key.location(), "unknown class \"%s\"%s".formatted(key.name(), fix));
      }
      NormalForm form = of == null ? NormalForm.STRIPPED : of.form();
      YamlNode node = map.find(key.name()).orElseThrow();
      Optional<MaskingRule> rule;
      if (node instanceof YamlScalar) {
        rule = node.asScalar().flatMap(TechniqueReader::read).map(this::rule);
      } else {
        Optional<YamlMap> options = node.asMap();
        rule = options.flatMap(m -> rule(m, form));
        options.ifPresent(YamlMap::refuseOthers);
      }
      rule.ifPresent(
          r -> {
            if (classes.putIfAbsent(key.name(), r) != null) {
              problems.add(key.location(), key.name() + " has a policy already; remove one");
            }
          });
    }
  }

  private MaskingRule rule(Technique technique) {
    return new MaskingRule(technique, owner, reviewBy);
  }

  private Optional<MaskingRule> rule(YamlMap map, NormalForm form) {
    Optional<Technique> technique = TechniqueReader.read(map);
    Optional<String> own = map.text("owner").or(() -> owner);
    Optional<LocalDate> review =
        map.scalar("review_by").flatMap(YamlScalar::date).or(() -> reviewBy);
    map.has("tests");
    technique.ifPresent(t -> new PolicyTests(t, form).run(map));
    return technique.map(t -> new MaskingRule(t, own, review));
  }

  private void columns(YamlMap map) {
    for (YamlMap.Key key : map.keys()) {
      int dot = key.name().lastIndexOf('.');
      String prefix = dot < 0 ? "" : key.name().substring(0, dot);
      String column = key.name().substring(dot + 1);
      Optional<EntityName> entity =
          known.stream().filter(e -> e.toString().equals(prefix)).findFirst();
      Optional<PersonalClass> of = entity.flatMap(e -> classification.of(e, column));
      if (entity.isEmpty()) {
        problems.add(
            key.location(),
            "expected source.entity.column, found the unknown entity \"%s\"%s"
                .formatted(
                    prefix,
                    Suggestion.among(prefix, known.stream().map(Object::toString).toList())));
      } else if (of.isEmpty()) {
        problems.add(
            key.location(),
            "\"%s\" is not classified, so it is withheld; classify it first".formatted(key.name()));
      }
      NormalForm form = of.map(PersonalClass::form).orElse(NormalForm.STRIPPED);
      Optional<ColumnException> exception = map.map(key.name()).flatMap(m -> exception(m, form));
      if (entity.isPresent() && exception.isPresent()) {
        columns.computeIfAbsent(entity.get(), e -> new HashMap<>()).put(column, exception.get());
      }
    }
  }

  private Optional<ColumnException> exception(YamlMap map, NormalForm form) {
    Optional<MaskingRule> rule = rule(map, form);
    Optional<YamlScalar> when = map.scalar("when").filter(PolicyReader::isCondition);
    Optional<LocalDate> from = map.scalar("effective_from").flatMap(YamlScalar::date);
    Optional<String> reason = map.text("reason");
    if (reason.isEmpty()) {
      map.problem("an exception needs a \"reason\"; add it");
    }
    map.refuseOthers();
    return rule.map(
        r ->
            new ColumnException(
                r,
                when.map(YamlScalar::text),
                from,
                reason.orElse(""),
                when.map(YamlScalar::location).orElse(map.location())));
  }

  /** Spark's parser needs no session. */
  private static boolean isCondition(YamlScalar when) {
    try {
      CatalystSqlParser$.MODULE$.parseExpression(when.text());
      return true;
    } catch (Exception e) { // Scala throws the checked exception without declaring it
      if (e instanceof ParseException) {
        when.problem("is no Spark SQL expression: \"" + when.text() + "\"; correct it");
        return false;
      }
      throw e;
    }
  }
}
