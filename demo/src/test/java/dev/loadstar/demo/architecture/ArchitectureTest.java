package dev.loadstar.demo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The walls between the modules. It stands in the last module because all others are in sight. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains(ownFolder()))
          .importPackages("dev.loadstar");

  /** Module to what it may use of ours; app and demo put everything together. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("core", List.of()),
          Map.entry("servers", List.of()),
          Map.entry("jdbc", List.of("core")),
          Map.entry("lake", List.of("core")),
          Map.entry("tables", List.of("core", "lake")),
          Map.entry("ingestion", List.of("core", "jdbc", "lake")),
          Map.entry("masking", List.of("core", "jdbc", "tables")),
          Map.entry("transform", List.of("core", "lake", "tables")),
          Map.entry("quality", List.of("core", "tables")),
          Map.entry("starschema", List.of("core", "lake", "tables")),
          Map.entry("warehouse", List.of("core", "jdbc", "lake", "tables")));

  static final List<String> MODULES = MAY_USE.keySet().stream().sorted().toList();

  @Test
  void everyModuleIsInSight() {
    for (String module : MODULES) {
      assertThat(CLASSES.stream().filter(resideInAPackage("dev.loadstar." + module + "..")))
          .as(module)
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void modulesKeepToThemselves(String module) {
    String[] allowed =
        Stream.concat(Stream.of(module), MAY_USE.get(module).stream())
            .map(name -> "dev.loadstar." + name + "..")
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.loadstar." + module + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.loadstar..").and(not(resideInAnyPackage(allowed))))
            .because(
                "app alone puts modules together: declare an interface here and let app implement"
                    + " it"));
  }

  @Test
  void theApplicationNeedsNoDemo() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.loadstar.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.loadstar.demo..", "dev.loadstar.servers..")
            .because("a cluster gets no embedded servers: add a command through CommandProvider"));
  }

  @Test
  void onlyWhatComputesUsesSpark() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                packages("core", "servers", "jdbc", "lake", "ingestion", "warehouse", "demo.shop"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..")
            .because(
                "these must work without waiting for Spark: read and write through lake's RowReader"
                    + " and RowWriter"));
  }

  @Test
  void tablesAreReadAndWrittenWithoutSpark() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.loadstar.tables..")
            .and()
            .resideOutsideOfPackage("dev.loadstar.tables.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..", "dev.loadstar.tables.spark..")
            .because(
                "a warehouse is loaded without waiting for Spark: what needs it belongs to"
                    + " tables.spark"));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.loadstar.warehouse..", "dev.loadstar.ingestion..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.loadstar.tables.spark..")
            .because("a warehouse is loaded without waiting for Spark: read through Tables"));
  }

  @Test
  void whatATableStandsInIsItsOwnBusiness() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.loadstar.tables..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.loadstar.tables.stored..")
                    .and(
                        not(
                            describe(
                                "LakeTables or LakeAttempt",
                                (JavaClass c) ->
                                    c.getSimpleName().equals("LakeTables")
                                        || c.getSimpleName().equals("LakeAttempt")))))
            .because(
                "bases, change sets and files are the business of tables: ask for rows or net"
                    + " changes"));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.loadstar.lake..", "dev.loadstar.tables..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.loadstar.lake.load.DataFile")
            .because("a load's files are passed on as they are: take LoadFiles"));
  }

  @Test
  void enginesStayInPackagesOfTheirName() {
    String[] engines = {
      "..postgresql..", "..mysql..", "dev.loadstar.servers..", "dev.loadstar.testing.."
    };
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(engines)
            .should()
            .haveNameMatching(".*\\.[A-Za-z]*(?i:postgres|mysql|mariadb)[A-Za-z]*")
            .because(
                "what differs between engines belongs to a package postgresql or mysql, behind one"
                    + " door"));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(engines)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "com.mysql..", "org.mariadb..")
            .because(
                "a driver's own classes belong to a package postgresql or mysql, behind one door"));
  }

  @Test
  void noRoomForOddsAndEnds() {
    check(
        noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..manager..")
            .because("such packages say nothing: name it by the field's word for what it holds"));
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Common|Helper|Impl|Manager)")
            .because("such names say nothing: name it by the field's word for what it is"));
  }

  @Test
  void onlyTheMainClassEndsTheProcess() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.loadstar.app.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("exit codes come from LoadException: throw one with the right code"));
  }

  @Test
  void nobodyButTheApplicationLooksAtTheClock() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.loadstar.app..", "dev.loadstar.demo.command..")
            .should()
            .callMethodWhere(
                describe("reads the clock or the default zone", ArchitectureTest::looksAtTheClock))
            .because(
                "clocks, dates and zones are passed in: take a Clock, an Instant or a ZoneId"));
  }

  @Test
  void onlyTheConsoleIsPrintedTo() {
    ArchRule rule =
        classes()
            .that()
            .resideOutsideOfPackages("dev.loadstar.app..", "dev.loadstar.servers..")
            .should(
                com.tngtech.archunit.lang.conditions.ArchConditions.not(
                    GeneralCodingRules.ACCESS_STANDARD_STREAMS))
            .because(
                "stdout is for results and stderr for progress: use the Console of the command");
    check(rule);
  }

  private static String ownFolder() {
    return ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static boolean looksAtTheClock(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getTarget().getName();
    boolean bareNow =
        owner.getPackageName().equals("java.time")
            && name.equals("now")
            && call.getTarget().getRawParameterTypes().stream()
                .noneMatch(t -> t.isEquivalentTo(Clock.class));
    return bareNow
        || owner.isEquivalentTo(Clock.class) && name.startsWith("system")
        || owner.isEquivalentTo(ZoneId.class) && name.equals("systemDefault")
        || owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
  }

  private static String[] packages(String... modules) {
    return Arrays.stream(modules).map(m -> "dev.loadstar." + m + "..").toArray(String[]::new);
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
