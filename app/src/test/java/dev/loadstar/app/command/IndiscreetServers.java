package dev.loadstar.app.command;

import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A database that speaks PostgreSQL's protocol and an API. Both ask for the secret, refuse it, and
 * say it in their answers.
 */
final class IndiscreetServers implements AutoCloseable {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final Set<String> heard = new ConcurrentSkipListSet<>();
  private final ServerSocket database;
  private final HttpServer api;

  private IndiscreetServers(ServerSocket database, HttpServer api) {
    this.database = database;
    this.api = api;
  }

  static IndiscreetServers start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    IndiscreetServers servers =
        new IndiscreetServers(
            new ServerSocket(0, 50, loopback),
            HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    servers.api.createContext(
        "/",
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("X-API-Key");
          servers.heard.add(key);
          byte[] answer = ("the key " + key + " is wrong").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("X-Wrong-Key", key);
          exchange.sendResponseHeaders(401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    servers.api.start();
    Thread listener = new Thread(servers::listen, "indiscreet-database");
    listener.setDaemon(true);
    listener.start();
    return servers;
  }

  /** Every secret that was sent to either. */
  Set<String> heard() {
    return heard;
  }

  String databaseUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/any".formatted(database.getLocalPort());
  }

  String apiUrl() {
    return "http://127.0.0.1:%d".formatted(api.getAddress().getPort());
  }

  private void listen() {
    while (!database.isClosed()) {
      try (Socket client = database.accept()) {
        refuse(
            new DataInputStream(client.getInputStream()),
            new DataOutputStream(client.getOutputStream()));
      } catch (IOException e) {
        // The client went away, or the test is over.
      }
    }
  }

  private void refuse(DataInputStream in, DataOutputStream out) throws IOException {
    byte[] start = in.readNBytes(in.readInt() - 4);
    int code = new DataInputStream(new java.io.ByteArrayInputStream(start)).readInt();
    if (code == SSL_REQUEST || code == GSS_REQUEST) {
      out.writeByte('N');
      refuse(in, out);
      return;
    }
    out.writeByte('R');
    out.writeInt(8);
    out.writeInt(3); // the password in clear text
    in.readByte();
    byte[] answer = in.readNBytes(in.readInt() - 4);
    String password = new String(answer, 0, answer.length - 1, StandardCharsets.UTF_8);
    heard.add(password);
    byte[] error =
        ("SFATAL\0VFATAL\0C28P01\0Mthe password " + password + " is wrong\0\0")
            .getBytes(StandardCharsets.UTF_8);
    out.writeByte('E');
    out.writeInt(error.length + 4);
    out.write(error);
  }

  @Override
  public void close() throws IOException {
    database.close();
    api.stop(0);
  }
}
