package dev.loadstar.demo.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark's own master and workers on 127.0.0.1, each a process with a folder of its own, that talk
 * to nobody without the secret. Closing ends them and what they started; so does the end of this
 * JVM.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern PAGES = Pattern.compile("MasterWebUI.*started at (http://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");
  private static final String SECRET = "only-a-test-of-a-cluster";

  private final Path folder;
  private final Deque<Process> started = new ArrayDeque<>();
  private final Map<Path, Process> workers = new HashMap<>();
  private final Thread hook = new Thread(this::stop, "stop-cluster");
  private String address;
  private String pages;

  private StandaloneCluster(Path folder) {
    this.folder = folder;
  }

  /** Waits until every worker belongs to the master. */
  static StandaloneCluster start(Path folder, int workers) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    Runtime.getRuntime().addShutdownHook(cluster.hook);
    try {
      cluster.startMaster();
      for (int i = 1; i <= workers; i++) {
        cluster.startWorker("worker-" + i);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void startMaster() throws IOException {
    List<String> arguments = List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    Process master = launch("master", "org.apache.spark.deploy.master.Master", arguments);
    List<Matcher> told = await(master, List.of(MASTER, PAGES));
    address = told.get(0).group(1);
    pages = told.get(1).group(1);
  }

  private void startWorker(String name) throws IOException {
    Path work = folder.resolve(name).resolve("work");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    arguments.addAll(List.of("--cores", "1", "--memory", "1g", "--work-dir", work.toString()));
    arguments.add(address);
    Process worker = launch(name, "org.apache.spark.deploy.worker.Worker", arguments);
    workers.put(work, worker);
    await(worker, List.of(REGISTERED));
  }

  private Process launch(String name, String main, List<String> arguments) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(own.resolve("jars")); // looked for, though the class path has all
    Files.createDirectories(own.resolve("local"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Dloadstar.log-level=info",
            "-Dspark.master.rest.enabled=false", // knows no secret, so the master refuses it
            "-Djava.io.tmpdir=" + own.resolve("local"),
            "-Dspark.local.dir=" + own.resolve("local")));
    authentication().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(own.toFile()).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", own.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    started.push(process);
    return process;
  }

  /** Reads what a process prints until it has said all of this; the rest is read and dropped. */
  private static List<Matcher> await(Process process, List<Pattern> all) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Matcher[] told = new Matcher[all.size()];
    List<String> lines = new ArrayList<>();
    while (Arrays.asList(told).contains(null)) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("ended early: " + String.join("\n", lines));
      }
      lines.add(line);
      for (int i = 0; i < told.length; i++) {
        Matcher matcher = all.get(i).matcher(line);
        told[i] = told[i] == null && matcher.find() ? matcher : told[i];
      }
    }
    Thread drain = new Thread(() -> drain(output), "drain");
    drain.setDaemon(true);
    drain.start();
    return List.of(told);
  }

  private static void drain(BufferedReader output) {
    try (output) {
      while (output.readLine() != null) {
        // nobody asks for it, but the process must be able to say it
      }
    } catch (IOException e) {
      // it ended
    }
  }

  static Map<String, String> authentication() {
    return Map.of(
        "spark.authenticate", "true",
        "spark.authenticate.secret", SECRET,
        "spark.network.crypto.enabled", "true");
  }

  /** {@code spark://…}. */
  String address() {
    return address;
  }

  /** How many executors an application was given. */
  long executors(String application) throws IOException {
    long count = 0;
    for (Path work : workers.keySet()) {
      Path folders = work.resolve(application);
      if (Files.isDirectory(folders)) {
        try (Stream<Path> all = Files.list(folders)) {
          count += all.count();
        }
      }
    }
    return count;
  }

  /** Kills the process of an executor, as a machine that goes away does. */
  void killExecutor(String application, String executor) {
    for (Map.Entry<Path, Process> worker : workers.entrySet()) {
      if (Files.isDirectory(worker.getKey().resolve(application).resolve(executor))) {
        List<ProcessHandle> processes = worker.getValue().children().toList();
        if (processes.isEmpty()) {
          throw new IllegalStateException("executor " + executor + " has no process");
        }
        processes.forEach(ProcessHandle::destroyForcibly);
        return;
      }
    }
    throw new IllegalStateException("no worker has executor " + executor);
  }

  /** Has the master end an application, as an operator does on its page. */
  void killApplication(String application) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(pages + "/app/kill/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("terminate=true&id=" + application))
            .build();
    HttpResponse<Void> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() >= 400) {
      throw new IOException("the master answered " + answer.statusCode());
    }
  }

  private synchronized void stop() {
    while (!started.isEmpty()) {
      Process process = started.pop();
      List<ProcessHandle> below = process.descendants().toList();
      process.destroy();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
      below.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
