package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Finds some rows of one file. Pages whose index shows that they hold none are passed over; of the
 * others the columns that decide are read, and the rest of a row only where it is wanted. Thread
 * safe.
 */
public final class RowSearch {
  private final String path;
  private final InputFile input;
  private final List<Column> columns;

  /**
   * @param path what to call the file in messages
   * @param columns of a row, by name, with the types that the caller wants; null where the file
   *     lacks one
   */
  public RowSearch(String path, InputFile input, List<Column> columns) {
    this.path = path;
    this.input = input;
    this.columns = List.copyOf(columns);
  }

  /**
   * Finds rows by the values of some columns.
   *
   * @param most how many rows may be found; where a row group has more, the search ends before they
   *     are read
   * @param take gets each row found, in the file's order, which is its own from then on; answers
   *     whether to go on
   * @return whether the search came to the file's end
   * @throws dev.loadstar.core.error.LoadException as {@link ParquetRows#read} does
   */
  public boolean find(RowKeys keys, long most, Predicate<Object[]> take) {
    Predicate<Object[]> wanted = values -> keys.keys().contains(Arrays.asList(values));
    return find(keys.first(), keys.columns(), wanted, most, take);
  }

  /** The same for rows with a value of a column between bounds, of which a null is none. */
  public boolean find(RowFilter.Between span, long most, Predicate<Object[]> take) {
    return find(span, List.of(span.column()), values -> span.has(values[0]), most, take);
  }

  private boolean find(
      RowFilter pages,
      List<Column> by,
      Predicate<Object[]> wanted,
      long most,
      Predicate<Object[]> take) {
    try {
      return found(pages, by, wanted, most, take);
    } catch (IOException | RuntimeException e) {
      throw ParquetRows.failed("read", path, e);
    }
  }

  private boolean found(
      RowFilter pages,
      List<Column> by,
      Predicate<Object[]> wanted,
      long most,
      Predicate<Object[]> take)
      throws IOException {
    ParquetReadOptions.Builder filtered =
        ParquetReadOptions.builder(ParquetRows.SETTINGS).useDictionaryFilter(false);
    PageFilter.of(pages, footer())
        .ifPresent(filter -> filtered.withRecordFilter(FilterCompat.get(filter)));
    try (ParquetFileReader keys = ParquetFileReader.open(input, filtered.build());
        ParquetFileReader rows =
            ParquetFileReader.open(input, keys.getFooter(), options(), input.newStream())) {
      ColumnRows decided = new ColumnRows(path, keys, by);
      ColumnRows whole = new ColumnRows(path, rows, columns);
      // The reader of rows knows all row groups, that of keys those that its filter left.
      Set<Long> left = new HashSet<>();
      keys.getRowGroups().forEach(group -> left.add(group.getStartingPos()));
      int next = 0;
      for (int group = 0; group < rows.getRowGroups().size(); group++) {
        if (!left.contains(rows.getRowGroups().get(group).getStartingPos())) {
          continue;
        }
        PageReadStore some = keys.readFilteredRowGroup(next++);
        if (some == null || some.getRowCount() == 0) {
          continue;
        }
        long[] found = matching(some, decided.of(some), wanted);
        if (found.length > most
            || found.length > 0 && !read(rows, group, whole, by.get(0), found, take)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Of its own for each reader: they hold what takes pages apart, which no two may share. */
  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(ParquetRows.SETTINGS).build();
  }

  private MessageType footer() throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input, options())) {
      return reader.getFileMetaData().getSchema();
    }
  }

  private static PrimitiveIterator.OfLong indexes(PageReadStore group) {
    return group
        .getRowIndexes()
        .orElseGet(() -> LongStream.range(0, group.getRowCount()).iterator());
  }

  private static long[] matching(
      PageReadStore group, Object[][] values, Predicate<Object[]> wanted) {
    PrimitiveIterator.OfLong indexes = indexes(group);
    LongStream.Builder found = LongStream.builder();
    for (Object[] row : values) {
      long index = indexes.nextLong();
      if (wanted.test(row)) {
        found.add(index);
      }
    }
    return found.build().toArray();
  }

  private boolean read(
      ParquetFileReader reader,
      int group,
      ColumnRows whole,
      Column by,
      long[] found,
      Predicate<Object[]> take)
      throws IOException {
    PageReadStore some = pagesOf(reader, group, by, found);
    BitSet chosen = new BitSet();
    PrimitiveIterator.OfLong indexes = indexes(some);
    for (int at = 0; indexes.hasNext(); at++) {
      chosen.set(at, Arrays.binarySearch(found, indexes.nextLong()) >= 0);
    }
    for (Object[] row : whole.of(some, chosen)) {
      if (!take.test(row)) {
        return false;
      }
    }
    return true;
  }

  /** The pages in which rows stand; all where the file does not tell. */
  private static PageReadStore pagesOf(ParquetFileReader reader, int group, Column by, long[] rows)
      throws IOException {
    var block = reader.getRowGroups().get(group);
    var chunk =
        block.getColumns().stream()
            .filter(c -> c.getPath().equals(ColumnPath.get(by.name())))
            .findFirst();
    OffsetIndex offsets = chunk.isEmpty() ? null : reader.readOffsetIndex(chunk.get());
    if (offsets == null) {
      return reader.readRowGroup(group);
    }
    List<Integer> pages = new ArrayList<>();
    int page = 0;
    for (long row : rows) {
      while (page + 1 < offsets.getPageCount() && offsets.getFirstRowIndex(page + 1) <= row) {
        page++;
      }
      if (pages.isEmpty() || pages.get(pages.size() - 1) != page) {
        pages.add(page);
      }
    }
    RowRanges ranges =
        RowRanges.create(
            block.getRowCount(), pages.stream().mapToInt(Integer::intValue).iterator(), offsets);
    return reader.readFilteredRowGroup(group, ranges);
  }
}
