package dev.loadstar.demo.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real HTTP server on the loopback interface with the stores of the shop: {@code GET
 * /v1/stores?page=1&page_size=5}, pages from 1. It wants its key in the header {@code X-API-Key}
 * (else 401), and now and then asks to come again (429 with {@code Retry-After}). Thread safe.
 */
public final class StoresApi implements AutoCloseable {
  private static final int LARGEST_PAGE = 500;
  private static final int USUAL_PAGE = 5;
  private static final Pattern PAGE = Pattern.compile("(?:^|&)page=(\\d{1,6})(?:&|$)");
  private static final Pattern PAGE_SIZE = Pattern.compile("(?:^|&)page_size=(\\d{1,4})(?:&|$)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, StoresApi::daemon);
  private final byte[] key;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile List<Store> stores = List.of();

  private StoresApi(HttpServer server, String key) {
    this.server = server;
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param port 0 for any free one
   * @param apiKey that callers must show
   * @throws IOException when the port is taken
   */
  public static StoresApi start(int port, String apiKey) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    StoresApi api = new StoresApi(HttpServer.create(address, 0), apiKey);
    api.server.createContext("/v1/stores", api::answer);
    api.server.setExecutor(api.threads);
    api.server.start();
    return api;
  }

  /** Shows the stores that are known on this day; before the first call there are none. */
  public void setDay(Day day) {
    stores = day.stores().toList();
  }

  /** {@code http://127.0.0.1:PORT}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String shown =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-API-Key")).orElse("");
      if (!MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8))) {
        send(exchange, 401, "{\"error\":\"X-API-Key is missing or wrong\"}");
        return;
      }
      if (!exchange.getRequestURI().getPath().equals("/v1/stores")) {
        send(exchange, 404, "{\"error\":\"there is only /v1/stores\"}");
        return;
      }
      int request = requests.incrementAndGet();
      if (request % 5 == 2) { // the second one, so that every run meets it
        exchange.getResponseHeaders().set("Retry-After", request % 2 == 0 ? "0" : "1");
        send(exchange, 429, "{\"error\":\"too many requests\"}");
        return;
      }
      send(
          exchange, 200, page(Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("")));
    }
  }

  private String page(String query) {
    List<Store> all = stores;
    int size = Math.max(1, Math.min(LARGEST_PAGE, number(PAGE_SIZE, query, USUAL_PAGE)));
    int page = Math.max(1, number(PAGE, query, 1));
    String data =
        all.stream()
            .skip((page - 1L) * size)
            .limit(size)
            .map(StoresApi::json)
            .collect(Collectors.joining(","));
    return "{\"data\":[%s],\"page\":%d,\"pages\":%d,\"total\":%d}"
        .formatted(data, page, (all.size() + size - 1) / size, all.size());
  }

  private static int number(Pattern pattern, String query, int otherwise) {
    Matcher matcher = pattern.matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  private static String json(Store s) {
    return "{\"store_id\":%s,\"store_name\":%s,\"city\":%s,\"region\":%s,\"opened_on\":%s,\"latitude\":%s,\"longitude\":%s}"
        .formatted(
            ShopJson.quoted(s.storeId()),
            ShopJson.quoted(s.storeName()),
            ShopJson.quoted(s.city()),
            ShopJson.quoted(s.region()),
            ShopJson.quoted(s.openedOn().toString()),
            s.latitude().toPlainString(),
            s.longitude().toPlainString());
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "stores-api");
    thread.setDaemon(true);
    return thread;
  }
}
