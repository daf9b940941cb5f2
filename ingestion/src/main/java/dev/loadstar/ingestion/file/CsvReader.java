package dev.loadstar.ingestion.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CSV with a header as RFC 4180 has it: fields may stand in double quotes, which are doubled
 * inside, and lines end with LF or CR LF. A quote within an unquoted field stands for itself. Empty
 * lines count for nothing. A record is malformed when its number of fields differs from the
 * header's, when something follows a closing quote, when the file ends within quotes, or when it is
 * no UTF-8.
 *
 * <p>Written by hand because a malformed record must be kept exactly as it came, its bytes
 * included, and reading must go on after it.
 */
final class CsvReader implements RecordReader {
  private enum State {
    FIELD_BEGINS,
    PLAIN,
    QUOTED,
    QUOTE_ENDED
  }

  private final TextBytes bytes;
  private final int delimiter;
  private final List<String> header;
  private final String[] values;

  /** Fields of the record at hand: begin, end, and whether doubled quotes are inside. */
  private int[] begins = new int[32];

  private int[] ends = new int[32];
  private boolean[] doubled = new boolean[32];
  private int fields;
  private boolean sound;
  private boolean ended;

  CsvReader(InputStream in, char delimiter) throws IOException {
    if (delimiter >= 0x80 || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new UnreadableFileException(
          "its delimiter cannot be one", "an ASCII character such as ;");
    }
    this.delimiter = delimiter;
    bytes = new TextBytes(in);
    header = readHeader();
    values = new String[header.size()];
  }

  /** Names of columns; empty for an empty file. */
  List<String> header() {
    return header;
  }

  private List<String> readHeader() throws IOException {
    if (!readRecord()) {
      return List.of();
    }
    if (!sound || !bytes.isUtf8()) {
      throw new UnreadableFileException("its header is malformed", "names of columns in UTF-8");
    }
    String[] names = new String[fields];
    fill(names);
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || !seen.add(name)) {
        throw new UnreadableFileException(
            "its header has an empty or repeated name", "one distinct name for every column");
      }
    }
    return List.of(names);
  }

  @Override
  public TextRecord next() throws IOException {
    if (!readRecord()) {
      return null;
    }
    if (!sound || fields != values.length || !bytes.isUtf8()) {
      return bytes.malformed();
    }
    fill(values);
    return new TextRecord.Fields(values);
  }

  private void fill(String[] into) {
    for (int i = 0; i < into.length; i++) {
      String text = bytes.text(begins[i], ends[i]);
      into[i] = doubled[i] ? text.replace("\"\"", "\"") : text;
    }
  }

  /** Gathers the next record that is no empty line; false at the end of the file. */
  private boolean readRecord() throws IOException {
    while (!ended) {
      gather();
      if (bytes.length() > 0) {
        return true;
      }
    }
    return false;
  }

  private void gather() throws IOException {
    bytes.clear();
    fields = 0;
    sound = true;
    State state = begin();
    while (true) {
      int next = bytes.read();
      ended = next < 0;
      if (ended || (next == '\n' && state != State.QUOTED)) {
        sound &= state != State.QUOTED;
        bytes.dropCarriageReturn();
        if (state != State.QUOTE_ENDED) {
          ends[fields - 1] = bytes.length();
        }
        return;
      }
      state = take(state, next);
    }
  }

  private State take(State state, int next) throws IOException {
    int at = bytes.length();
    bytes.keep(next);
    if (state == State.QUOTED) {
      return next == '"' ? endQuote(at) : State.QUOTED;
    }
    if (next == delimiter) {
      if (state != State.QUOTE_ENDED) {
        ends[fields - 1] = at;
      }
      return begin();
    }
    if (state == State.QUOTE_ENDED) {
      if (next == '"' && at == ends[fields - 1] + 1) {
        doubled[fields - 1] = true;
        return State.QUOTED;
      }
      sound &= next == '\r';
      return State.QUOTE_ENDED;
    }
    if (state == State.FIELD_BEGINS && next == '"') {
      begins[fields - 1] = at + 1;
      return State.QUOTED;
    }
    return State.PLAIN;
  }

  private State endQuote(int at) {
    ends[fields - 1] = at;
    return State.QUOTE_ENDED;
  }

  private State begin() {
    if (fields == begins.length) {
      begins = Arrays.copyOf(begins, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      doubled = Arrays.copyOf(doubled, fields * 2);
    }
    begins[fields] = bytes.length();
    doubled[fields] = false;
    fields++;
    return State.FIELD_BEGINS;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
