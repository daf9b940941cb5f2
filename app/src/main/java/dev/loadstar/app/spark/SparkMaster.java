package dev.loadstar.app.spark;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;

/**
 * Where Spark runs: this machine or a cluster.
 *
 * @param address as {@code spark.master} has it
 * @param patience with a server that does not answer at all
 */
record SparkMaster(String address, Duration patience) {
  private static final String STANDALONE = "spark://";

  /** How an application is called until a standalone master gave it a name of its own. */
  private static final String NAMELESS = "spark-application-";

  SparkMaster(String address) {
    this(address, Duration.ofSeconds(10));
  }

  boolean isLocal() {
    return address.startsWith("local");
  }

  /**
   * Asks a standalone cluster's masters whether one of them listens. Spark itself would ask for a
   * minute, which no setting of it shortens, and end as if the mistake were its own.
   *
   * @throws LoadException {@code UNREACHABLE} when none does
   */
  void requireListening() {
    if (address.startsWith(STANDALONE) && servers().stream().noneMatch(this::listens)) {
      throw refused("nothing listens there", null);
    }
  }

  /** Whether the cluster knows the application; a context may look well until it is found dead. */
  boolean tookIn(SparkContext context) {
    boolean known =
        !address.startsWith(STANDALONE) || !context.applicationId().startsWith(NAMELESS);
    return known && !context.isStopped();
  }

  /**
   * That Spark could not be started there.
   *
   * @param causeOrNull for the log
   */
  LoadException refused(String found, Throwable causeOrNull) {
    return new LoadException(
        ErrorCode.UNREACHABLE,
        "Cannot start Spark on %s: %s, expected a cluster that takes an application in. See that it runs, that this machine reaches it, and that spark.authenticate and its secret are the same on both sides; then run again."
            .formatted(address, found),
        causeOrNull);
  }

  private List<InetSocketAddress> servers() {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String server : address.substring(STANDALONE.length()).split(",")) {
      int colon = server.lastIndexOf(':');
      String port = server.substring(colon + 1);
      if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
        throw new LoadException(
            ErrorCode.CONFIGURATION_INVALID,
            "Cannot start Spark on %s: found another form, expected spark://HOST:PORT. Correct spark.master."
                .formatted(address));
      }
      servers.add(new InetSocketAddress(server.substring(0, colon), Integer.parseInt(port)));
    }
    return servers;
  }

  private boolean listens(InetSocketAddress server) {
    try (Socket socket = new Socket()) {
      socket.connect(server, Math.toIntExact(patience.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
