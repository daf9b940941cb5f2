package dev.loadstar.ingestion.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells JSON objects from other text and remembers the names of their top-level fields by first
 * appearance. Not thread safe.
 */
public final class JsonFieldNames {
  /** More names than this are data that somebody used as names. */
  private static final int MOST = 5_000;

  private final JsonFactory json = new JsonFactory();
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * Whether the text is one JSON object and nothing else; if so, its fields are remembered.
   *
   * @throws TooManyFieldsException after five thousand different names
   */
  public boolean isObject(String text) {
    Set<String> fields = new LinkedHashSet<>();
    try (JsonParser parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        fields.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        return false;
      }
    } catch (IOException e) {
      return false; // its message would quote the record
    }
    remember(fields);
    return true;
  }

  /** Remembers names that are known to be fields. */
  public void remember(Iterable<String> fields) {
    fields.forEach(names::add);
    if (names.size() > MOST) {
      throw new TooManyFieldsException();
    }
  }

  public List<String> names() {
    return List.copyOf(names);
  }

  /** The records do not have fields of their own but data in their place. */
  public static final class TooManyFieldsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
