package dev.loadstar.ingestion.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.SingleRows;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.model.ApiSourceModel;
import dev.loadstar.ingestion.model.AuthModel;
import dev.loadstar.ingestion.model.EndpointModel;
import dev.loadstar.ingestion.model.PagingModel;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class APISourceTest {
  private static final EntityName STORES = EntityName.parse("stores.stores");
  private static final Location HERE = Location.of("sources.yaml");
  private static final String PATH = "/base/v1/stores";

  @RegisterExtension static final WireMockExtension API = WireMockExtension.newInstance().build();

  private record Loaded(List<String> rows, SplitResult result) {}

  @Test
  void recordsKeepTheirTextAndOthersAreMalformed() {
    API.stubFor(
        ask()
            .willReturn(
                okJson(
                    "{\"x\":[{}],\"data\":{\"list\":[{\"id\": 1.50, \"a\":{\"b\":[ 1"
                        + " ]}},7,\"s\\\"\",[1],null,{\"z\":\"\u00fc\"}]}}")));

    Loaded loaded = load(new PagingModel.None(), Optional.of("data.list"));

    assertThat(loaded.rows())
        .containsExactly(
            "page 000001:1 {\"id\": 1.50, \"a\":{\"b\":[ 1 ]}}",
            "page 000001:2 malformed 7",
            "page 000001:3 malformed \"s\\\"\"",
            "page 000001:4 malformed [1]",
            "page 000001:5 malformed null",
            "page 000001:6 {\"z\":\"\u00fc\"}");
    assertThat(loaded.result().fields()).containsExactly("id", "a", "z");
    assertThat(loaded.result().findings()).containsExactly("4 of 6 records are no JSON objects");
  }

  @Test
  void pageNumbersGoOnToAnEmptyPageEvenIfTheServerGivesFewerThanAskedFor() {
    API.stubFor(
        ask().withQueryParam("p", equalTo("1")).willReturn(okJson("[{\"id\":1},{\"id\":2}]")));
    API.stubFor(ask().withQueryParam("p", equalTo("2")).willReturn(okJson("[{\"id\":3}]")));
    API.stubFor(ask().withQueryParam("p", equalTo("3")).willReturn(okJson("[]")));

    assertThat(load(new PagingModel.PageNumber("p", 1, "size", 100)).rows())
        .containsExactly(
            "page 000001:1 {\"id\":1}", "page 000001:2 {\"id\":2}", "page 000002:1 {\"id\":3}");
    API.verify(3, getRequestedFor(urlPathEqualTo(PATH)).withQueryParam("size", equalTo("100")));
  }

  @Test
  void offsetsFollowWhatCame() {
    API.stubFor(
        ask().withQueryParam("o", equalTo("0")).willReturn(okJson("[{\"id\":1},{\"id\":2}]")));
    API.stubFor(ask().withQueryParam("o", equalTo("2")).willReturn(okJson("[{\"id\":3}]")));
    API.stubFor(ask().withQueryParam("o", equalTo("3")).willReturn(okJson("[]")));

    assertThat(load(new PagingModel.Offset("o", "limit", 0)).rows()).hasSize(3);
    API.verify(3, getRequestedFor(urlPathEqualTo(PATH)).withQueryParam("limit", absent()));
  }

  @Test
  void cursorsAreHandedBackEncoded() {
    API.stubFor(
        ask()
            .withQueryParam("c", absent())
            .willReturn(okJson("{\"d\":[{\"id\":1}],\"m\":{\"n\":\"a&b=\"}}")));
    API.stubFor(
        ask()
            .withQueryParam("c", equalTo("a&b="))
            .willReturn(okJson("{\"m\":{\"n\":null},\"d\":[]}")));

    assertThat(load(new PagingModel.Cursor("c", "m.n", "limit", 10), Optional.of("d")).rows())
        .containsExactly("page 000001:1 {\"id\":1}");
  }

  @Test
  void linksInTheAnswerMayBeRelative() {
    API.stubFor(
        ask()
            .withQueryParam("k", absent())
            .willReturn(okJson("{\"d\":[{\"id\":1}],\"next\":\"stores?k=2\"}")));
    API.stubFor(
        ask()
            .withQueryParam("k", equalTo("2"))
            .willReturn(okJson("{\"d\":[{\"id\":2}],\"next\":\"\"}")));

    assertThat(load(new PagingModel.NextLink("next", "limit", 0), Optional.of("d")).rows())
        .hasSize(2);
  }

  @Test
  void linksInTheHeaderAreFollowed() {
    String link =
        "<%s%s?k=0>; rel=\"prev\", <%s%s?k=2,3>; title=\"x\"; rel=\"next last\""
            .formatted(API.baseUrl(), PATH, API.baseUrl(), PATH);
    API.stubFor(
        ask()
            .withQueryParam("k", absent())
            .willReturn(okJson("[{\"id\":1}]").withHeader("Link", link)));
    API.stubFor(
        ask()
            .withQueryParam("k", equalTo("2,3"))
            .willReturn(okJson("[{\"id\":2}]").withHeader("Link", "<x>; rel=prev")));

    assertThat(load(new PagingModel.LinkHeader("limit", 0)).rows()).hasSize(2);
  }

  @Test
  void credentialsAreNotLedToAnotherServer() {
    API.stubFor(ask().willReturn(okJson("{\"d\":[{\"id\":1}],\"next\":\"http://localhost:1/x\"}")));
    refused(
        new PagingModel.NextLink("next", "limit", 0),
        Optional.of("d"),
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "another server");
    API.stubFor(
        ask()
            .willReturn(
                aResponse().withStatus(302).withHeader("Location", "http://localhost:1/x")));
    refused(
        new PagingModel.None(), Optional.empty(), ErrorCode.CONFIGURATION_INVALID, "status 302");
  }

  @Test
  void endlessWalksEnd() {
    API.stubFor(ask().willReturn(okJson("{\"d\":[{\"id\":1}],\"next\":\"t\"}")));
    refused(
        new PagingModel.PageNumber("p", 1, "s", 0),
        Optional.of("d"),
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "page 000002",
        "repeats an earlier page");
    API.stubFor(ask().willReturn(okJson("{\"d\":[],\"next\":\"t\"}")));
    refused(
        new PagingModel.Cursor("c", "next", "s", 0),
        Optional.of("d"),
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "leads back");
  }

  @Test
  void transientFailuresAreTriedAgainAndRetryAfterIsHonoured() {
    inTurn(
        aResponse().withStatus(503),
        aResponse().withStatus(429).withHeader("Retry-After", "1"),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        okJson("[{\"id\":1}]"));
    long start = System.nanoTime();
    assertThat(load(new PagingModel.None()).rows()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatStaysUnavailableIsUnreachable() {
    API.stubFor(ask().willReturn(aResponse().withStatus(500).withBody("secret-of-a-customer")));
    refused(new PagingModel.None(), Optional.empty(), ErrorCode.UNREACHABLE, "status 500", PATH);
    API.verify(4, getRequestedFor(urlPathEqualTo(PATH)));
    API.resetAll();
    API.stubFor(ask().willReturn(aResponse().withStatus(429).withHeader("Retry-After", "9000")));
    refused(new PagingModel.None(), Optional.empty(), ErrorCode.UNREACHABLE, "status 429");
    API.verify(1, getRequestedFor(urlPathEqualTo(PATH)));
  }

  @Test
  void anAnswerThatStallsIsGivenUp() {
    API.stubFor(ask().willReturn(okJson("[{\"id\":1}]").withChunkedDribbleDelay(5, 60_000)));
    refused(
        new PagingModel.None(), Optional.empty(), ErrorCode.UNREACHABLE, "no answer within 1 s");
  }

  @Test
  void refusalsAreNotTriedAgain() {
    Map<Integer, ErrorCode> codes =
        Map.of(
            401, ErrorCode.CREDENTIALS_REFUSED,
            403, ErrorCode.CREDENTIALS_REFUSED,
            404, ErrorCode.NOT_FOUND,
            400, ErrorCode.CONFIGURATION_INVALID);
    codes.forEach(
        (status, code) -> {
          API.resetAll();
          API.stubFor(ask().willReturn(aResponse().withStatus(status)));
          refused(new PagingModel.None(), Optional.empty(), code, "status " + status);
          API.verify(1, getRequestedFor(urlPathEqualTo(PATH)));
        });
  }

  @Test
  void answersThatAreNotWhatWasDescribedNameThePage() {
    for (String body :
        List.of("<html>", "", "[{\"id\":1}", "[{\"id\":1}] x", "{\"d\":[{\"id\":1}]", "[1,")) {
      API.stubFor(ask().willReturn(okJson(body)));
      Optional<String> records = body.startsWith("{") ? Optional.of("d") : Optional.empty();
      refused(
          new PagingModel.None(),
          records,
          ErrorCode.SOURCE_DATA_UNREADABLE,
          "page 000001",
          "not JSON");
    }
    API.stubFor(ask().willReturn(okJson("{\"e\":[]}")));
    refused(
        new PagingModel.None(), Optional.of("d"), ErrorCode.SOURCE_DATA_UNREADABLE, "no list at d");
    API.stubFor(ask().willReturn(okJson("{\"d\":{}}")));
    refused(
        new PagingModel.None(),
        Optional.of("d"),
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "something else");
    API.stubFor(
        ask().willReturn(aResponse().withBody(new byte[] {'[', '"', (byte) 0xE9, '"', ']'})));
    refused(
        new PagingModel.None(), Optional.empty(), ErrorCode.SOURCE_DATA_UNREADABLE, "not UTF-8");
    API.stubFor(ask().willReturn(okJson("{\"d\":null}")));
    assertThat(load(new PagingModel.None(), Optional.of("d")).rows()).isEmpty();
  }

  @Test
  void credentialsGoIntoTheirHeaders() {
    API.stubFor(ask().willReturn(okJson("[]")));
    load(new AuthModel.ApiKey("X-API-Key", text("k1")), OptionalDouble.empty());
    load(new AuthModel.Bearer(text("t1")), OptionalDouble.empty());
    load(new AuthModel.Basic(text("u"), text("p")), OptionalDouble.empty());
    API.verify(1, getRequestedFor(urlPathEqualTo(PATH)).withHeader("X-API-Key", equalTo("k1")));
    API.verify(
        1, getRequestedFor(urlPathEqualTo(PATH)).withHeader("Authorization", equalTo("Bearer t1")));
    API.verify(
        1,
        getRequestedFor(urlPathEqualTo(PATH))
            .withBasicAuth(new com.github.tomakehurst.wiremock.client.BasicCredentials("u", "p")));
    API.verify(
        3, getRequestedFor(urlPathEqualTo(PATH)).withHeader("X-Client", equalTo("loadstar")));
  }

  @Test
  void aSecretThatCannotBeSentIsNotShown() {
    assertThatThrownBy(() -> load(new AuthModel.Bearer(text("to\nken")), OptionalDouble.empty()))
        .hasMessageContaining("header Authorization cannot be sent")
        .hasMessageNotContaining("ken.")
        .hasNoCause();
  }

  @Test
  void theRateLimitIsKept() {
    API.stubFor(ask().withQueryParam("p", equalTo("1")).willReturn(okJson("[{\"id\":1}]")));
    API.stubFor(ask().withQueryParam("p", equalTo("2")).willReturn(okJson("[{\"id\":2}]")));
    API.stubFor(ask().withQueryParam("p", equalTo("3")).willReturn(okJson("[]")));
    long start = System.nanoTime();
    load(
        source(
            new AuthModel.None(),
            OptionalDouble.of(5),
            new PagingModel.PageNumber("p", 1, "s", 0),
            Optional.empty()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(350));
  }

  private static MappingBuilder ask() {
    return get(urlPathEqualTo(PATH));
  }

  private static void inTurn(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      String state = i == 0 ? "Started" : "s" + i;
      API.stubFor(
          ask()
              .inScenario("turn")
              .whenScenarioStateIs(state)
              .willSetStateTo("s" + (i + 1))
              .willReturn(answers[i]));
    }
  }

  private static Reference text(String text) {
    return new Reference(text, HERE);
  }

  private void refused(
      PagingModel paging, Optional<String> records, ErrorCode code, String... words) {
    LoadException failure = catchThrowableOfType(LoadException.class, () -> load(paging, records));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContainingAll(words).hasMessageNotContaining("secret");
  }

  private Loaded load(PagingModel paging) {
    return load(paging, Optional.empty());
  }

  private Loaded load(PagingModel paging, Optional<String> records) {
    return load(source(new AuthModel.None(), OptionalDouble.empty(), paging, records));
  }

  private void load(AuthModel auth, OptionalDouble rate) {
    Loaded loaded = load(source(auth, rate, new PagingModel.None(), Optional.empty()));
    assertThat(loaded.rows()).isEmpty();
  }

  private static Loaded load(APISource source) {
    ExtractionPlan<EndpointSplit> plan =
        source.plan(
            new EntityRequest(
                STORES,
                new BusinessDate(LocalDate.of(2026, 3, 2), ZoneOffset.UTC),
                Optional.empty(),
                Optional.empty(),
                false));
    List<String> rows = new ArrayList<>();
    SplitResult result =
        source.copy(
            plan.splits().get(0),
            new SingleRows(
                (origin, row, malformed, values) ->
                    rows.add(
                        origin
                            + ":"
                            + row
                            + " "
                            + (malformed == null ? values[0] : "malformed " + malformed))));
    assertThat(result.rows()).isEqualTo(rows.size());
    return new Loaded(rows, result);
  }

  private APISource source(
      AuthModel auth, OptionalDouble rate, PagingModel paging, Optional<String> records) {
    EndpointModel endpoint =
        new EndpointModel(STORES, true, List.of(), Map.of(), "/v1/stores", paging, records, HERE);
    ApiSourceModel model =
        new ApiSourceModel(
            "stores",
            Optional.empty(),
            text(API.baseUrl() + "/base/"),
            auth,
            Map.of("X-Client", text("loadstar")),
            rate,
            List.of(endpoint),
            HERE);
    return APISource.open(
        model,
        new ResolvedReferences(new References(Map.of())),
        ZoneOffset.UTC,
        new RetryPolicySettings(4, Duration.ofMillis(1), Duration.ofMillis(5)),
        Duration.ofSeconds(1));
  }
}
