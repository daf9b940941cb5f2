package dev.loadstar.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the fields of a JSON object apart as text: numbers with exactly the digits that came,
 * objects and lists as their own JSON text. Not thread safe.
 */
final class JsonFields {
  private final JsonFactory json = new JsonFactory();
  private final Map<String, Integer> places = new HashMap<>();
  private final int size;

  /**
   * @param names fields in order; others are left alone
   */
  JsonFields(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
    size = names.size();
  }

  /** Values in the order of the names; null when the record is not one JSON object. */
  String[] read(String record) {
    String[] values = new String[size];
    try (JsonParser parser = json.createParser(record)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Integer place = places.get(parser.currentName());
        JsonToken token = parser.nextToken();
        if (place == null) {
          parser.skipChildren();
        } else {
          values[place] = text(parser, token, record);
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null
          ? values
          : null;
    } catch (IOException e) {
      return null; // its message would quote the record
    }
  }

  private static String text(JsonParser parser, JsonToken token, String record) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!token.isStructStart()) {
      return parser.getText();
    }
    int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    parser.skipChildren();
    return record.substring(from, Math.toIntExact(parser.currentLocation().getCharOffset()));
  }
}
