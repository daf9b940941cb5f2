package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.testing.TestPostgres;
import dev.loadstar.testing.TestS3;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights on a cluster whose executors are processes of their own, see no file of the driver's, and
 * share nothing with it but the lake on S3.
 */
class ClusterE2eIT {
  @TempDir Path driver;
  @TempDir Path machines;

  private final Map<String, String> before = new HashMap<>();

  @Test
  void aNightOnAClusterEndsInTheSameStarAlsoWhenExecutorsDie() throws Exception {
    ShopGenerator generator = new ShopGenerator(5, 1, LocalDate.of(2026, 1, 5));
    try (LivingShop shop = LivingShop.open(generator, driver);
        StandaloneCluster cluster = StandaloneCluster.start(machines, 2)) {
      String date = shop.live(1);
      Deployment local = shop.deploy("local", TestPostgres.shared());
      local.call("db", "migrate").exits(0);
      local.call("run", "--date", date).exits(0);
      String sums = local.checksum();

      useCluster(cluster);
      Deployment calm = onS3(shop.deploy("calm", TestPostgres.shared()));
      calm.call("db", "migrate").exits(0);
      calm.call("run", "--date", date).exits(0);
      assertThat(calm.checksum()).isEqualTo(sums);

      Deployment stormy = onS3(shop.deploy("stormy", TestPostgres.shared()));
      stormy.call("db", "migrate").exits(0);
      set("spark.cores.max", "1"); // one executor is enough for what is not to end
      set("spark.loadstar.fewRows", "0"); // nor is a job for rows that are few
      FirstWrite.expect((application, executor) -> cluster.killApplication(application));
      CommandAnswer ended = stormy.call("run", "--date", date).exits(75);
      assertThat(FirstWrite.happened()).isTrue();
      assertThat(ended.err()).contains("Cannot ", "Spark was stopped");

      awaitStop();
      set("spark.cores.max", "2");
      AtomicReference<String> bereft = new AtomicReference<>();
      FirstWrite.expect(
          (application, executor) -> {
            bereft.set(application);
            cluster.killExecutor(application, executor);
          });
      stormy.call("run", "--date", date).exits(0);
      assertThat(FirstWrite.happened()).isTrue();
      assertThat(cluster.executors(bereft.get())).as("two and another in place").isGreaterThan(2);
      assertThat(stormy.checksum()).isEqualTo(sums);
      stormy.call("check", "--date", date).exits(0);
    }
  }

  /** Spark stops in a thread of its own, and the next session of a JVM must not meet it. */
  private static void awaitStop() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("stop-spark-context")) {
        thread.join();
      }
    }
  }

  /** As {@code spark-submit} with these settings. */
  private void useCluster(StandaloneCluster cluster) throws Exception {
    set("spark.master", cluster.address());
    StandaloneCluster.authentication().forEach(this::set);
    set("spark.driver.host", "127.0.0.1");
    set("spark.driver.bindAddress", "127.0.0.1");
    set("spark.local.dir", Files.createDirectories(driver.resolve("spark")).toString());
    set("spark.executor.memory", "512m");
    set("spark.executor.extraClassPath", classPath());
    set(
        "spark.executor.extraJavaOptions",
        "-XX:TieredStopAtLevel=1 -Djava.security.manager=%s -D%s=%s"
            .formatted(ForeignDisk.class.getName(), ForeignDisk.HIDDEN, driver));
    set("spark.extraListeners", FirstWrite.class.getName());
  }

  /** What an application is submitted with; the listener and what blinds come from the tests. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElseThrow();
  }

  private static Deployment onS3(Deployment deployment) {
    TestS3 s3 = TestS3.shared();
    deployment
        .environment()
        .putAll(
            Map.of(
                "LOADSTAR_LAKE", "s3a://" + s3.freshBucket() + "/lake",
                "AWS_ENDPOINT_URL_S3", s3.endpoint(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", s3.accessKey(),
                "AWS_SECRET_ACCESS_KEY", s3.secretKey()));
    return deployment;
  }

  private void set(String key, String value) {
    before.putIfAbsent(key, System.getProperty(key, ""));
    System.setProperty(key, value);
  }

  @AfterEach
  void restore() {
    before.forEach(
        (key, value) -> {
          if (value.isEmpty()) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
  }
}
