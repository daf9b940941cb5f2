package dev.loadstar.masking.spark;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.CanonicalText;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.masking.key.ChangeDigest;
import dev.loadstar.masking.vault.TokenSource;
import dev.loadstar.masking.vault.Tokens;
import dev.loadstar.tables.spark.RowsFunction;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** Masks rows of one partition. What fails is named by its column, never by its value. */
final class MaskRows implements RowsFunction {
  private static final long serialVersionUID = 1L;

  private final String subject;
  private final int passing;
  private final MaskedColumn[] columns;
  private final int[] digests;
  private final ChangeDigest changeDigest;
  private final TokenSource vault;

  /**
   * @param subject the entity, for errors
   * @param vault null unless a column is tokenized
   */
  MaskRows(
      String subject,
      int passing,
      List<MaskedColumn> columns,
      List<Integer> digests,
      ChangeDigest changeDigest,
      TokenSource vault) {
    this.subject = subject;
    this.passing = passing;
    this.columns = columns.toArray(MaskedColumn[]::new);
    this.digests = digests.stream().mapToInt(Integer::intValue).toArray();
    this.changeDigest = changeDigest;
    this.vault = vault;
  }

  /** Whether nothing beside the rows is asked for. */
  boolean isAlone() {
    return vault == null;
  }

  /** The same for rows that begin with so many columns that pass. */
  MaskRows passing(int count) {
    return new MaskRows(
        subject,
        count,
        List.of(columns),
        Arrays.stream(digests).boxed().toList(),
        changeDigest,
        vault);
  }

  @Override
  public Iterator<Object[]> apply(Iterator<Object[]> clear) {
    if (vault == null) {
      return RowsFunction.each(clear, row -> mask(row, null));
    }
    Tokens tokens = vault.open();
    TaskContext task = TaskContext.get();
    if (task != null) {
      TaskCompletionListener close = finished -> tokens.close();
      task.addTaskCompletionListener(close);
    }
    return new TokenizedRows(clear, this::mask, vault, tokens);
  }

  /**
   * @param batch collects the values that need a token, which it fills in later
   */
  private Object[] mask(Object[] row, TokenBatch batch) {
    Object[] out = new Object[passing + columns.length + digests.length];
    for (int i = 0; i < passing; i++) {
      out[i] = row[i];
    }
    String[] texts = new String[columns.length];
    for (int i = 0; i < columns.length; i++) {
      MaskedColumn column = columns[i];
      Object value = row[passing + i];
      if (value == null) {
        continue;
      }
      boolean holds =
          column.condition() >= 0 && (Boolean) row[passing + columns.length + column.condition()];
      try {
        CellMask mask = column.maskFor(holds);
        if (mask instanceof CellMask.Pass) {
          out[passing + i] = value;
        } else {
          texts[i] = CanonicalText.of(value, column.clear());
          masked(out, passing + i, column, mask, texts[i], batch);
        }
      } catch (RuntimeException e) {
        throw failed("mask", column, e);
      }
    }
    for (int i = 0; i < digests.length; i++) {
      int at = digests[i];
      Object value = row[passing + at];
      if (value == null) {
        continue;
      }
      try {
        String text = texts[at];
        out[passing + columns.length + i] =
            changeDigest.of(text != null ? text : CanonicalText.of(value, columns[at].clear()));
      } catch (RuntimeException e) {
        throw failed("digest", columns[at], e);
      }
    }
    return out;
  }

  private static void masked(
      Object[] out, int at, MaskedColumn column, CellMask mask, String text, TokenBatch batch) {
    if (mask instanceof CellMask.Token token) {
      batch.ask(token.className(), token.form().of(text), out, at);
      return;
    }
    String result = ((CellMask.Apply) mask).mask().apply(text);
    if (result != null) {
      out[at] = column.masked() == Simple.DATE ? (Object) days(result) : result;
    }
  }

  private static int days(String date) {
    return Math.toIntExact(LocalDate.parse(date).toEpochDay());
  }

  /** Its cause's message may hold the value, so only its class and its place are kept. */
  private LoadException failed(String verb, MaskedColumn column, RuntimeException cause) {
    if (cause instanceof LoadException known) {
      return known;
    }
    LoadException failure =
        new LoadException(
            ErrorCode.INTERNAL,
            "Cannot %s %s.%s: %s. Please report this."
                .formatted(verb, subject, column.name(), cause.getClass().getSimpleName()));
    failure.setStackTrace(cause.getStackTrace());
    return failure;
  }
}
