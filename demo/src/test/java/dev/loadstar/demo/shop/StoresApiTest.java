package dev.loadstar.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoresApiTest {
  private final ShopGenerator shop = new ShopGenerator(42, 1, LocalDate.of(2026, 1, 5));
  private final HttpClient client = HttpClient.newHttpClient();
  private StoresApi api;

  @BeforeEach
  void start() throws IOException {
    api = StoresApi.start(0, "a key");
    api.setDay(shop.day(1));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aCallerWithoutTheKeyIsRefused() throws Exception {
    assertThat(get("/v1/stores", null).statusCode()).isEqualTo(401);
    assertThat(get("/v1/stores", "another").statusCode()).isEqualTo(401);
  }

  @Test
  void pagesHoldAllStoresAndTheLastOneIsEmpty() throws Exception {
    assertThat(patient("page=1&page_size=5"))
        .contains("\"S0001\"", "\"S0005\"", "\"pages\":2", "\"total\":8")
        .doesNotContain("\"S0006\"");
    assertThat(patient("page=2&page_size=5")).contains("\"S0006\"", "\"S0008\"");
    assertThat(patient("page=3&page_size=5")).contains("\"data\":[]");
  }

  @Test
  void aNewDayShowsTheStoresThatOpened() throws Exception {
    assertThat(patient("page_size=100")).doesNotContain("\"S0009\"");
    api.setDay(shop.day(2));
    assertThat(patient("page_size=100")).contains("\"S0009\"", "\"opened_on\":\"2026-01-06\"");
  }

  @Test
  void nowAndThenACallerMustComeAgain() throws Exception {
    assertThat(get("/v1/stores", "a key").statusCode()).isEqualTo(200);
    HttpResponse<String> second = get("/v1/stores", "a key");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).contains("0");
    assertThat(get("/v1/stores", "a key").statusCode()).isEqualTo(200);
  }

  private String patient(String query) throws Exception {
    HttpResponse<String> answer = get("/v1/stores?" + query, "a key");
    return answer.statusCode() == 429 ? patient(query) : answer.body();
  }

  private HttpResponse<String> get(String path, String key) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(api.url().resolve(path));
    if (key != null) {
      request.header("X-API-Key", key);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
