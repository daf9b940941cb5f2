package dev.loadstar.lake.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import java.io.IOException;

/**
 * The written form of the lake's small objects: snake_case keys in a fixed order, ISO dates, a
 * {@code format_version} first. Fields that a later minor version adds are passed over. Thread
 * safe.
 */
public final class JsonFormat {
  private static final int FORMAT = 2;
  private static final String VERSION = "format_version";
  private static final ObjectMapper MAPPER = mapper();

  private JsonFormat() {}

  public static byte[] write(Object value) {
    ObjectNode node = MAPPER.createObjectNode().put(VERSION, FORMAT);
    node.setAll((ObjectNode) MAPPER.valueToTree(value));
    try {
      return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n")
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param path of the object, for the message
   * @throws LoadException {@code STORE_UNSUITABLE} when it is damaged or of a later format
   */
  public static <T> T read(byte[] content, Class<T> type, String path) {
    JsonNode node;
    try {
      node = MAPPER.readTree(content);
    } catch (IOException e) {
      throw damaged(path, "it is not JSON", e);
    }
    int format = node.path(VERSION).asInt(0);
    if (format > FORMAT) {
      throw new LoadException(
          ErrorCode.STORE_UNSUITABLE,
          "Cannot read %s in the lake: its format is %d, expected %d. Use the later release of Loadstar that wrote it."
              .formatted(path, format, FORMAT));
    }
    if (format < 1) {
      throw damaged(path, "it has no format number", null);
    }
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException | RuntimeException e) {
      throw damaged(path, "a field is missing or of another type", e);
    }
  }

  /** What to throw for an object that cannot be what was once written there. */
  public static LoadException damaged(String path, String found, Throwable cause) {
    return new LoadException(
        ErrorCode.STORE_UNSUITABLE,
        "Cannot read %s in the lake: %s, expected an object that Loadstar wrote. Restore it from a backup; do not delete it."
            .formatted(path, found),
        cause);
  }

  private static ObjectMapper mapper() {
    SimpleModule words = new SimpleModule();
    words.addSerializer(EntityName.class, ToStringSerializer.instance);
    words.addDeserializer(EntityName.class, new Words<>(EntityName::parse));
    words.addKeySerializer(EntityName.class, new EntityKey());
    words.addKeyDeserializer(
        EntityName.class,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            return EntityName.parse(key);
          }
        });
    words.addSerializer(
        ColumnType.class,
        new JsonSerializer<ColumnType>() {
          @Override
          public void serialize(ColumnType type, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(type.text());
          }
        });
    words.addDeserializer(
        ColumnType.class, new Words<>(text -> ColumnType.parse(text).orElseThrow()));
    return JsonMapper.builder()
        .addModules(new Jdk8Module(), new JavaTimeModule(), words)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  private static final class EntityKey extends JsonSerializer<EntityName> {
    @Override
    public void serialize(EntityName name, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeFieldName(name.toString());
    }
  }

  /** Reads a value from its written form. */
  private static final class Words<T> extends JsonDeserializer<T> {
    private final java.util.function.Function<String, T> parse;

    Words(java.util.function.Function<String, T> parse) {
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return parse.apply(parser.getText());
    }
  }
}
