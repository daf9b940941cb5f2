package dev.loadstar.starschema.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark SQL over known columns is, without any session. */
class ExpressionsTest {
  private static final Scope LINES = Scope.of("shop.order_lines", lines());
  private static final Scope ORDERS =
      Scope.of(
          "shop.orders",
          columns(
              "order_id", Simple.BIGINT, "status", Simple.TEXT, "ordered_at", Simple.TIMESTAMP));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quantity * unit_price           | decimal(30,4)",
        "quantity * weight               | double",
        "quantity / 2                    | double",
        "quantity div 2                  | bigint",
        "order_id + 1                    | bigint",
        "unit_price / 3                  | decimal(21,6)",
        "round(unit_price, 2)            | decimal(18,2)",
        "cast(unit_price as int)         | int",
        "big * big                       | decimal(38,6)",
        "upper(note)                     | text",
        "concat(note, '-', order_id)     | text",
        "date(sold_at)                   | date",
        "sold_at + interval 1 day        | timestamp",
        "shop_time                       | local_timestamp",
        "cast(quantity as tinyint)       | int",
        "picture                         | binary",
        "quantity > 3 and note is null   | boolean",
        "case when flag then 1 else 0 end | int",
        "coalesce(unit_price, 0)         | decimal(19,4)",
        "QUANTITY                        | int",
      })
  void anExpressionHasTheTypeThatSparkGivesIt(String sql, String type) {
    assertThat(bound(sql).type()).as(sql).map(ColumnType::text).contains(type);
  }

  @Test
  void whetherItMayBeNullIsKnown() {
    assertThat(bound("quantity").nullable()).isTrue();
    assertThat(bound("coalesce(quantity, 0)").nullable()).isFalse();
    assertThat(bound("null").isNull()).isTrue();
  }

  @Test
  void theColumnsThatItNamesAreKnownWithTheirOwners() {
    Scope both = LINES.and(ORDERS);
    assertThat(bound("concat(status, order_id, ordered_at)", both).columns())
        .containsExactly(
            new KnownColumn("shop.order_lines", "order_id", Simple.BIGINT),
            new KnownColumn("shop.orders", "status", Simple.TEXT),
            new KnownColumn("shop.orders", "ordered_at", Simple.TIMESTAMP));
    assertThat(bound("transform(array(quantity), x -> x + order_id)").columns())
        .extracting(KnownColumn::name)
        .containsExactly("order_id", "quantity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quantty + 1        | unknown column \"quantty\" of shop.order_lines; did you mean"
            + " \"quantity\"?",
        "lines.quantity     | unknown column \"lines.quantity\"",
        "transform(array(1), x -> x + quantiy) | unknown column \"quantiy\" of shop.order_lines;"
            + " did you mean \"quantity\"?",
        "uper(note)         | unknown function \"uper\"; did you mean \"upper\"?",
        "UPER(note)         | unknown function \"UPER\"; did you mean \"upper\"?",
        "f_of_ours(note)    | unknown function \"f_of_ours\"; write one of Spark SQL's",
        "dw.upper(note)     | unknown function \"dw.upper\"",
      })
  void anUnknownNameIsAnsweredWithTheOneThatWasMeant(String sql, String words) {
    assertThat(refused(sql)).startsWith(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upper(note, 2)      | \"upper\" takes 1 argument, found 2",
        "sold_at * 2         | combines timestamp with int",
        "date_add(note, picture) | takes",
        "explode(note)       | \"explode\" makes several rows of one",
        "sum(quantity)       | \"sum\" works on many rows",
        "1 + max(quantity)   | \"max\" works on many rows",
        "row_number()        | \"row_number\" looks at other rows",
        "lag(quantity) over (order by order_id) | looks at other rows",
        "(select 1)          | holds a query",
        "quantity in (select 1) | holds a query",
        "exists (select 1)   | holds a query",
        "*                   | \"*\" stands for many columns",
        "quantity +          | is no Spark SQL expression",
        "array(quantity) > 1 | combines",
        ":x                  | cannot be evaluated over one row",
      })
  void whatDoesNotFitOneRowIsRefusedInPlainWords(String sql, String words) {
    assertThat(refused(sql))
        .contains(words)
        .doesNotContain("org.apache", "Exception", "#", "DATATYPE", "UNRESOLVED", "`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rand()",
        "rand(42)",
        "uuid()",
        "monotonically_increasing_id()",
        "current_timestamp",
        "current_timestamp()",
        "current_date",
        "curdate()",
        "now()",
        "localtimestamp()",
        "unix_timestamp()",
        "datediff(current_date(), sold_at)",
        "timestamp 'now'",
        "date'today'",
        "sold_at > 'now'",
        "to_date('yesterday')",
        "cast('tomorrow' as date)",
        "to_timestamp('now')",
        "current_user()",
        "current_database()",
        "input_file_name()",
        "version()",
        "java_method('java.lang.System', 'nanoTime')",
        "try_reflect('java.lang.System', 'nanoTime')",
        "shuffle(array(1, 2))",
      })
  void whatIsAnotherValueEachTimeIsRefused(String sql) {
    assertThat(refused(sql)).as(sql).contains("a rebuild must give the same rows");
  }

  @Test
  void whatIsAskedOnceMayLookAtTheClock() {
    for (String sql :
        List.of("sold_at <= now()", "current_timestamp", "sold_at > timestamp 'now'")) {
      assertThat(Expressions.analyzeOnce(sql, LINES)).isInstanceOf(BoundExpression.class);
    }
    assertThat(Expressions.analyzeOnce("sum(quantity)", LINES))
        .isInstanceOf(RefusedExpression.class);
  }

  @Test
  void wordsOfTimeAsTextAreNoTime() {
    assertThat(bound("note = 'today'").isCondition()).isTrue();
    assertThat(bound("date '2026-01-31'").type()).contains(Simple.DATE);
  }

  @Test
  void aTypeThatNoColumnHasIsNone() {
    assertThat(bound("array(quantity)").type()).isEmpty();
    assertThat(bound("struct(quantity)").type()).isEmpty();
  }

  @Test
  void threadsThatAskAtOnceGetTheSameAnswer() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Analysis>> all = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Callable<Analysis> one = () -> Expressions.analyze("quantity * unit_price", LINES);
        all.add(pool.submit(one));
      }
      for (Future<Analysis> one : all) {
        assertThat(((BoundExpression) one.get()).type()).contains(new Decimal(30, 4));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void namesAreKnownWithoutAnyColumn() {
    assertThat(Expressions.names("concat(City, upper(street), 'x', coalesce(zip, city))"))
        .containsExactly("City", "city", "street", "zip");
    assertThat(Expressions.names("concat(")).isEmpty();
  }

  private static BoundExpression bound(String sql) {
    return bound(sql, LINES);
  }

  private static BoundExpression bound(String sql, Scope scope) {
    Analysis analysis = Expressions.analyze(sql, scope);
    assertThat(analysis).as(sql).isInstanceOf(BoundExpression.class);
    return (BoundExpression) analysis;
  }

  private static String refused(String sql) {
    Analysis analysis = Expressions.analyze(sql, LINES);
    assertThat(analysis).as(sql).isInstanceOf(RefusedExpression.class);
    return ((RefusedExpression) analysis).problem();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "amount ; false",
        "coalesce(total, amount) ; true",
        "coalesce(amount, 0) ; false",
        "coalesce(amount, former) ; false",
        "upper(coalesce(trim(title), concat(name, '!'))) ; true",
        "coalesce(total, amount) + amount ; false",
      })
  void whatOnlyOlderRowsHaveIsNamedBesideWhatIsThereInCoalesceAlone(String sql, boolean allowed) {
    Scope scope =
        Scope.of(
            "shop.lines",
            new EntityColumns(
                Map.of("total", Simple.INT, "title", Simple.TEXT),
                Map.of("amount", Simple.INT, "name", Simple.TEXT, "former", Simple.INT),
                Set.of()));
    Analysis analysis = Expressions.analyze(sql, scope);
    assertThat(analysis instanceof BoundExpression).isEqualTo(allowed);
    if (analysis instanceof RefusedExpression refused) {
      assertThat(refused.problem()).contains("of shop.lines is gone", "coalesce(that name, ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a ; a ; true",
        "a || b ; a ; false",
        "coalesce(a, b) ; B ; true",
        "coalesce(a, b) || c ; b ; false",
        "coalesce(a || c, b) ; a ; false",
        "coalesce(a, 'none') ; b ; false",
        "1 ; b ; true",
      })
  void aRowThatHasOnePartOfACoalesceKnowsIt(String sql, String column, boolean known) {
    assertThat(Expressions.isKnown(sql, List.of(column))).isEqualTo(known);
  }

  @Test
  void alternativesAreTheColumnsOfACoalesceBesideConstants() {
    assertThat(Expressions.alternatives("upper(coalesce(b, a, 'none')) || coalesce(c, 1 + d)"))
        .containsExactly(List.of("b", "a"));
    assertThat(Expressions.alternatives("coalesce(trim(a), b)")).isEmpty();
  }

  private static Map<String, ColumnType> lines() {
    return columns(
        "order_id", Simple.BIGINT,
        "quantity", Simple.INT,
        "unit_price", new Decimal(19, 4),
        "big", new Decimal(38, 18),
        "weight", Simple.DOUBLE,
        "note", Simple.TEXT,
        "flag", Simple.BOOLEAN,
        "sold_at", Simple.TIMESTAMP,
        "shop_time", Simple.LOCAL_TIMESTAMP,
        "picture", Simple.BINARY);
  }

  private static Map<String, ColumnType> columns(Object... namesAndTypes) {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      columns.put((String) namesAndTypes[i], (ColumnType) namesAndTypes[i + 1]);
    }
    return columns;
  }
}
