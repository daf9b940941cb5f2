package dev.loadstar.ingestion.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of an answer, exactly as they came, and what it says of the next page.
 *
 * @param next a token or a URL; empty after the last page
 */
record Page(List<String> records, Optional<String> next) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The answer is not what the endpoint's description says; the message holds no values. */
  static final class UnexpectedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String expected;

    UnexpectedException(String found, String expected) {
      super(found);
      this.expected = expected;
    }

    String expected() {
      return expected;
    }
  }

  /**
   * @param recordsPath dotted path to the list; empty when the answer is the list
   * @param nextPath dotted path to a token or URL; empty when paging needs none
   */
  static Page read(byte[] body, Optional<String> recordsPath, Optional<String> nextPath)
      throws UnexpectedException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.startsWith("\uFEFF")) {
        text = text.substring(1);
      }
      List<String> records = records(text, recordsPath);
      return new Page(records, nextPath.isEmpty() ? Optional.empty() : next(text, nextPath.get()));
    } catch (CharacterCodingException e) {
      throw new UnexpectedException("its answer is not UTF-8", "JSON in UTF-8");
    } catch (IOException e) {
      throw new UnexpectedException("its answer is not JSON", "JSON"); // the cause quotes it
    }
  }

  private static List<String> records(String text, Optional<String> path)
      throws IOException, UnexpectedException {
    String place = path.map(p -> " at " + p).orElse("");
    char[] chars = text.toCharArray(); // so that offsets are those of the whole text
    List<String> records = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(chars)) {
      boolean found = descend(parser, path);
      if (!found || (path.isEmpty() && parser.currentToken() != JsonToken.START_ARRAY)) {
        throw new UnexpectedException(
            "its answer has no list" + place, "a list; correct the key records");
      }
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          records.add(record(parser, text));
        }
      } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
        throw new UnexpectedException(
            "its answer has something else than a list" + place, "a list; correct the key records");
      }
      JsonToken rest = parser.nextToken(); // an answer that is cut off shows here
      while (rest != null) {
        rest = parser.nextToken();
      }
    }
    return records;
  }

  private static String record(JsonParser parser, String text) throws IOException {
    int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("ends within a list");
    }
    if (token.isStructStart()) {
      parser.skipChildren();
    } else {
      String scalar = parser.getText();
      if (token != JsonToken.VALUE_STRING) {
        return scalar;
      }
    }
    return text.substring(from, Math.toIntExact(parser.currentLocation().getCharOffset()));
  }

  private static Optional<String> next(String text, String path)
      throws IOException, UnexpectedException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (!descend(parser, Optional.of(path)) || parser.currentToken() == JsonToken.VALUE_NULL) {
        return Optional.empty();
      }
      if (!parser.currentToken().isScalarValue()) {
        throw new UnexpectedException(
            "its answer has a list or object at " + path, "a token or URL of the next page");
      }
      String next = parser.getText();
      return next.isBlank() || parser.currentToken() == JsonToken.VALUE_FALSE
          ? Optional.empty()
          : Optional.of(next);
    }
  }

  /** Goes to the value at a dotted path; false when the answer has none. */
  private static boolean descend(JsonParser parser, Optional<String> path) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new IOException("is empty");
    }
    if (path.isEmpty()) {
      return true;
    }
    for (String name : path.get().split("\\.")) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return false;
      }
      boolean found = false;
      while (!found && parser.nextToken() == JsonToken.FIELD_NAME) {
        found = parser.currentName().equals(name);
        parser.nextToken();
        if (!found) {
          parser.skipChildren();
        }
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }
}
