package dev.loadstar.tables.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;

/**
 * Many rows in one piece of memory: a collector of garbage that has to follow and move a million
 * rows one by one takes longer than who computed them.
 *
 * @param bytes of each row its length in eight bytes, and itself
 */
record PackedRows(byte[] bytes, int rows, int columns) implements Serializable {
  private static final int BYTES = 1 << 20;

  /** What the rows take without their lengths. */
  long size() {
    return bytes.length - (long) Long.BYTES * rows;
  }

  /** Packs rows as they come. */
  static Iterator<PackedRows> pack(Iterator<InternalRow> rows, StructType schema) {
    return new Iterator<>() {
      private final int columns = schema.length();
      private UnsafeProjection unsafe;
      private byte[] room = new byte[BYTES];

      /** The row that did not fit any more; it is valid, for no other was asked for since. */
      private UnsafeRow waiting;

      @Override
      public boolean hasNext() {
        return waiting != null || rows.hasNext();
      }

      @Override
      public PackedRows next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int count = 0;
        int used = 0;
        while (hasNext()) {
          UnsafeRow row = waiting == null ? unsafe(rows.next()) : waiting;
          waiting = null;
          int end = used + Long.BYTES + row.getSizeInBytes();
          if (end > room.length) {
            if (count > 0) {
              waiting = row;
              break;
            }
            room = new byte[end];
          }
          Platform.putLong(room, Platform.BYTE_ARRAY_OFFSET + used, row.getSizeInBytes());
          row.writeToMemory(room, Platform.BYTE_ARRAY_OFFSET + used + Long.BYTES);
          used = end;
          count++;
        }
        return new PackedRows(Arrays.copyOf(room, used), count, columns);
      }

      private UnsafeRow unsafe(InternalRow row) {
        if (row instanceof UnsafeRow same) {
          return same;
        }
        unsafe = unsafe == null ? UnsafeProjection.create(schema) : unsafe;
        return unsafe.apply(row);
      }
    };
  }

  /** The rows again; each is valid until the next. */
  static Iterator<InternalRow> unpack(Iterator<PackedRows> packed) {
    return new Iterator<>() {
      private PackedRows piece;
      private int place;
      private UnsafeRow at;

      @Override
      public boolean hasNext() {
        while (piece == null || place == piece.bytes.length) {
          if (!packed.hasNext()) {
            return false;
          }
          piece = packed.next();
          place = 0;
          at = new UnsafeRow(piece.columns);
        }
        return true;
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        long start = Platform.BYTE_ARRAY_OFFSET + (long) place;
        int size = (int) Platform.getLong(piece.bytes, start);
        at.pointTo(piece.bytes, start + Long.BYTES, size);
        place += Long.BYTES + size;
        return at;
      }
    };
  }
}
