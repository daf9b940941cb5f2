package dev.loadstar.ingestion.api;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.SourceAdapter;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.json.JsonFieldNames;
import dev.loadstar.ingestion.model.ApiSourceModel;
import dev.loadstar.ingestion.model.AuthModel;
import dev.loadstar.ingestion.model.EndpointModel;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import dev.loadstar.lake.load.RecordFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads endpoints of a REST API in full, page after page. A record is kept as the JSON text that
 * came; {@code _origin} is {@code page 000001} and so on, {@code _row} the record's place on its
 * page. A record that is no JSON object is malformed. One page at a time is in memory. Thread safe.
 */
public final class APISource implements SourceAdapter<EndpointSplit> {
  private static final int MOST_PAGES = 999_999; // more would not sort

  private final URI address;
  private final ZoneId timezone;
  private final ApiClient client;
  private final Map<EntityName, EndpointModel> endpoints = new HashMap<>();

  private APISource(ApiSourceModel model, URI address, ZoneId timezone, ApiClient client) {
    this.address = address;
    this.timezone = timezone;
    this.client = client;
    model.entities().forEach(endpoint -> endpoints.put(endpoint.name(), endpoint));
  }

  /**
   * Does not connect yet.
   *
   * @param timezone for a source that names none
   * @param retry how often and how patiently one page is asked for
   * @param timeout for one page
   * @throws LoadException {@code SECRET_MISSING}, or {@code CONFIGURATION_INVALID} for an address
   *     that is no http or https URL
   */
  public static APISource open(
      ApiSourceModel model,
      ResolvedReferences references,
      ZoneId timezone,
      RetryPolicySettings retry,
      Duration timeout) {
    Map<String, Secret> headers = new HashMap<>();
    model.headers().forEach((name, value) -> headers.put(name, references.secret(value)));
    AuthModel auth = model.auth();
    if (auth instanceof AuthModel.Basic basic) {
      String user = references.text(basic.username());
      String both = user + ":" + references.secret(basic.password()).reveal();
      byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
      headers.put(
          "Authorization", new Secret("Basic " + Base64.getEncoder().encodeToString(bytes)));
    } else if (auth instanceof AuthModel.Bearer bearer) {
      String token = references.secret(bearer.token()).reveal();
      headers.put("Authorization", new Secret("Bearer " + token));
    } else if (auth instanceof AuthModel.ApiKey key) {
      headers.put(key.header(), references.secret(key.key()));
    }
    URI address = address(model.name(), references.text(model.address()));
    ApiClient client = new ApiClient(headers, model.rateLimit(), retry, timeout);
    return new APISource(model, address, model.timezone().orElse(timezone), client);
  }

  private static URI address(String source, String text) {
    try {
      URI uri = URI.create(text.strip());
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      boolean https = "https".equalsIgnoreCase(uri.getScheme());
      if ((http || https)
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw noUrl(source);
    }
    throw noUrl(source);
  }

  private static LoadException noUrl(String source) {
    return new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot open source %s: its address is of another kind, expected http://host/path or https://host/path without user or query. Correct its key api in sources.yaml."
            .formatted(source));
  }

  /** Asks nothing: all there is to say is in the endpoint's description. */
  @Override
  public ExtractionPlan<EndpointSplit> plan(EntityRequest request) {
    endpoint(request.entity());
    return new ExtractionPlan<>(
        RecordFormat.JSON,
        List.of(),
        List.of(),
        Optional.empty(),
        timezone,
        false,
        List.of(new EndpointSplit(request.entity())),
        Map.of(),
        List.of());
  }

  /**
   * @throws LoadException {@code UNREACHABLE} after all attempts, {@code CREDENTIALS_REFUSED},
   *     {@code NOT_FOUND}, {@code CONFIGURATION_INVALID} for other answers, {@code
   *     SOURCE_DATA_UNREADABLE} for one that is not JSON, without records or an endless walk
   */
  @Override
  public SplitResult copy(EndpointSplit split, RawRowSink sink) {
    EndpointModel endpoint = endpoint(split.entity());
    JsonFieldNames fields = new JsonFieldNames();
    PageWalk walk = walk(endpoint);
    Object[] values = new Object[1];
    long rows = 0;
    long malformed = 0;
    Optional<URI> next = Optional.of(walk.first());
    for (int number = 1; next.isPresent(); number++) {
      URI current = next.get();
      String origin = "page %06d".formatted(number);
      String object = split.name() + " " + origin;
      Answer answer = client.get(current, object);
      try {
        Page page = Page.read(answer.body(), endpoint.records(), walk.nextPath());
        next = walk.after(current, page, answer.links());
        if (number == MOST_PAGES && next.isPresent()) {
          throw new Page.UnexpectedException("it is not the last page", "fewer than a million");
        }
        for (int i = 0; i < page.records().size(); i++) {
          String record = page.records().get(i);
          boolean sound = fields.isObject(record);
          malformed += sound ? 0 : 1;
          values[0] = sound ? record : null;
          sink.row(origin, i + 1L, sound ? null : record, values);
          rows++;
        }
      } catch (Page.UnexpectedException e) {
        throw unreadable(object, current, e.getMessage(), e.expected(), e);
      } catch (JsonFieldNames.TooManyFieldsException e) {
        throw unreadable(
            object, current, "its records have more than 5000 different fields", "fewer", e);
      }
    }
    List<String> findings =
        malformed == 0
            ? List.of()
            : List.of("%d of %d records are no JSON objects".formatted(malformed, rows));
    return new SplitResult(rows, fields.names(), Map.of(), findings);
  }

  private PageWalk walk(EndpointModel endpoint) {
    try {
      return new PageWalk(address, endpoint);
    } catch (IllegalArgumentException e) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot read %s: its path is no part of a URL, expected one such as /v1/stores. Correct it in sources.yaml."
              .formatted(endpoint.name()),
          e);
    }
  }

  private static LoadException unreadable(
      String object, URI uri, String found, String expected, Throwable cause) {
    return new LoadException(
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "Cannot read %s from %s%s: %s, expected %s. Compare sources.yaml with the API's description."
            .formatted(object, uri.getHost(), uri.getPath(), found, expected),
        cause);
  }

  private EndpointModel endpoint(EntityName entity) {
    EndpointModel endpoint = endpoints.get(entity);
    if (endpoint == null) {
      throw new IllegalArgumentException(entity + " is not of this source");
    }
    return endpoint;
  }

  @Override
  public boolean retriesItself() {
    return true;
  }
}
