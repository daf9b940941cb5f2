package dev.loadstar.tables.spark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.tables.spark.SparkSettings;
import dev.loadstar.tables.spark.TablesSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark itself is the oracle. */
class LocalQueriesTest {
  private static final SparkSession JOBS = TablesSpark.shared();
  private static final SparkSession FEW = TablesSpark.few();

  @BeforeAll
  static void write(@TempDir Path folder) {
    String sales = folder.resolve("sales").toString();
    JOBS.range(0, 2000, 1, 3)
        .selectExpr(
            "id",
            "if(id % 7 = 0, null, id % 50) as member",
            "if(id % 11 = 0, null, concat('name ', id % 13)) as name",
            "cast(id % 9 as decimal(12,2)) / 4 as amount",
            "case id % 5 when 0 then double('NaN') when 1 then -0.0D when 2 then 0.0D else id / 3 end as rate",
            "if(id % 17 = 0, null, timestamp_seconds(id * 7777)) as at",
            "named_struct('a', id % 3, 'b', if(id % 4 = 0, null, 'x')) as pair")
        .write()
        .parquet(sales);
    String members = folder.resolve("members").toString();
    JOBS.range(0, 60, 1, 2)
        .selectExpr(
            "if(id % 10 = 9, null, id) as member",
            "concat('town ', id % 4) as town",
            "timestamp_seconds(id * 100000) as since",
            "timestamp_seconds(id * 100000 + 5000000) as until")
        .write()
        .parquet(members);
    for (SparkSession session : List.of(JOBS, FEW)) {
      session.read().parquet(sales).createOrReplaceTempView("sales");
      session.read().parquet(members).createOrReplaceTempView("members");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from sales",
        "select name, id + 1 as next from sales where amount > 1 and name is not null",
        "select id from sales where id < 0",
        "select s.id, m.town from sales s join members m on s.member = m.member",
        "select s.id, m.town from sales s left join members m on s.member = m.member",
        "select s.id, m.town from sales s left join members m on s.member <=> m.member",
        "select s.id, m.town from sales s left join members m on s.member = m.member and s.at >= m.since and s.at < m.until",
        "select s.id from sales s left semi join members m on s.member = m.member",
        "select s.id from sales s left semi join members m on s.member = m.member and m.town > s.name",
        "select s.id from sales s left anti join members m on s.member = m.member",
        "select s.id from sales s left anti join members m on s.member = m.member and m.since < s.at",
        "select a.id, b.id from sales a join sales b on a.id = b.id + 1 and a.name = b.name",
        "select a.id, b.id from sales a join sales b on a.rate = b.rate where a.id < 60 and b.id < 60",
        "select a.id from sales a left anti join (select * from sales where id < 2) b on a.rate = b.rate",
        "select a.id, b.member from sales a left join (select * from members where town = 'no') b on a.member = b.member",
        "select s.id from sales s where exists (select 1 from members m where m.member = s.member)",
        "select count(*), count(name), sum(amount), min(name), max(name), avg(rate), max(at) from sales",
        "select count(*), sum(amount), max(name) from sales where id < 0",
        "select name, count(*), sum(amount), min(at), max(pair) from sales group by name",
        "select name, count(*) from sales where id < 0 group by name",
        "select rate, count(*) from sales group by rate",
        "select pair, count(*) from sales group by pair",
        "select count(distinct name) from sales",
        "select count(distinct name), count(distinct member), count(*) from sales",
        "select member, count(distinct name, amount), sum(distinct amount), count(*) from sales group by member",
        "select count(*) filter (where amount > 1), count_if(name is null), sum(amount) filter (where id > 5000) from sales",
        "select member, sort_array(collect_set(name)), sort_array(collect_list(id)) from sales group by member",
        "select member, percentile(amount, 0.5), round(stddev_pop(amount), 9), round(corr(amount, rate), 9) from sales where rate = rate group by member",
        "select member, max_by(name, id), first(id, true) is not null, bool_and(amount > 0), bit_xor(id) from sales group by member",
        "select distinct name, member from sales",
        "select id, name from sales order by name desc nulls last, id limit 17",
        "select id from sales union all select member from members",
        "select id from sales except select member from members",
        "select id from sales intersect select member from members",
        "select town, n from (select member, count(*) as n from sales group by member) s join members m on s.member = m.member where n > 30",
        "select name, grouping(name), count(*) from sales group by name with rollup",
        "select count(*) from sales s cross join (select 1 as one) o",
        "select s.id, m.town from sales s full outer join members m on s.member = m.member",
        "select id, row_number() over (partition by member order by id) from sales",
        "select id, explode(array(1, 2)) from sales",
        "select id from sales where member = (select max(member) from members)",
        "select id from sales where member not in (select member from members where member is not null)",
        "select 1 as one",
        "select member, xxhash64(name, amount) from sales"
      })
  void everyQueryIsAnsweredAsSparkAnswersIt(String sql) {
    assertThat(answer(FEW.sql(sql))).isEqualTo(answer(JOBS.sql(sql)));
  }

  @Test
  void whatIsKnownIsAnsweredWithoutAJob() {
    assertThat(LocalQueries.of(FEW.sql("select name, sum(amount) from sales group by name")))
        .isPresent();
    assertThat(LocalQueries.of(FEW.sql("select id, explode(array(1, 2)) from sales"))).isEmpty();
    assertThat(LocalQueries.of(JOBS.sql("select id from sales"))).isEmpty();
  }

  @Test
  void aTableThatIsTooLargeIsReadByJobsAndAPartOfItsQueryIsNot() {
    SparkSession session = JOBS.newSession();
    LocalQueries.answer(session, 100); // of 2000 sales and 60 members
    Dataset<Row> sales = JOBS.table("sales");
    session.read().parquet(sales.inputFiles()).createOrReplaceTempView("sales");
    session.read().parquet(JOBS.table("members").inputFiles()).createOrReplaceTempView("members");
    String sql =
        "select s.id, m.town from sales s join (select member, max(town) as town from members group by member) m on s.member = m.member";
    assertThat(LocalQueries.of(session.sql(sql))).isEmpty();
    assertThat(answer(session.sql(sql))).isEqualTo(answer(JOBS.sql(sql)));
  }

  @Test
  void aSettingThatIsNoNumberIsToldWithItsName() {
    SparkSession session = JOBS.newSession();
    session.conf().set("spark.loadstar.fewRows", "many");
    assertThatThrownBy(() -> SparkSettings.forBuild(session, 1, 1, 1))
        .hasMessageContaining("found spark.loadstar.fewRows=many, expected a number of rows");
    session.conf().set("spark.loadstar.fewRows", "0");
    assertThat(LocalQueries.limit(SparkSettings.forBuild(session, 1, 1, 1))).isZero();
  }

  @Test
  void longRowsAreNotFew() {
    assertThat(LocalQueries.of(FEW.sql("select * from sales")).orElseThrow().isFew()).isTrue();
    Dataset<Row> texts = FEW.sql("select id, repeat('x', 100000) as text from sales");
    assertThat(LocalQueries.of(texts).orElseThrow().upTo(2000)).isEmpty();
    assertThat(LocalQueries.of(texts.limit(10)).orElseThrow().upTo(2000)).isPresent();
  }

  @Test
  void rowsInMemoryAreReadAgainAndTakenAlongByJobs() {
    Dataset<Row> rows = FEW.sql("select id, name from sales where id < 30");
    List<String> expected = answer(rows);
    assertThat(LocalQueries.of(rows).orElseThrow().upTo(30))
        .hasValueSatisfying(r -> assertThat(r).hasSize(30));
    assertThat(LocalQueries.of(rows).orElseThrow().upTo(29)).isEmpty();
    assertThat(answer(LocalQueries.never(rows))).isEqualTo(expected);
    assertThat(LongStream.range(0, 3).map(i -> rows.javaRDD().count()).distinct())
        .containsExactly(30L);
  }

  private static List<String> answer(Dataset<Row> rows) {
    List<String> all = new ArrayList<>();
    rows.collectAsList().forEach(row -> all.add(row.toString()));
    all.sort(null);
    return all;
  }
}
