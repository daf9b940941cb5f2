package dev.loadstar.tables.spark.local;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.PartitionedFileUtil;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.FileStatusWithMetadata;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.sources.Filter;
import scala.Function1;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The rows of Parquet files, one file after the other, as Spark's tasks read them. */
final class FileRows implements Iterator<InternalRow> {
  private final Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader;
  private final Iterator<PartitionedFile> files;
  private final Consumer<AutoCloseable> opened;
  private scala.collection.Iterator<InternalRow> rows = scala.collection.Iterator.empty();

  /**
   * @param opened told of everything that is to be closed
   */
  FileRows(
      SparkSession session,
      HadoopFsRelation relation,
      Seq<Attribute> columns,
      Consumer<AutoCloseable> opened) {
    this.opened = opened;
    org.apache.spark.sql.classic.SparkSession own =
        (org.apache.spark.sql.classic.SparkSession) session;
    this.reader =
        relation
            .fileFormat()
            .buildReaderWithPartitionValues(
                session,
                relation.dataSchema(),
                relation.partitionSchema(),
                DataTypeUtils.fromAttributes(columns),
                CollectionConverters.asScala(List.<Filter>of()).toSeq(),
                rowByRow(relation.options()),
                own.sessionState().newHadoopConfWithOptions(relation.options()));
    List<PartitionedFile> all = new ArrayList<>();
    Seq<Expression> none = CollectionConverters.asScala(List.<Expression>of()).toSeq();
    for (PartitionDirectory folder :
        CollectionConverters.asJava(relation.location().listFiles(none, none))) {
      for (FileStatusWithMetadata file : CollectionConverters.asJava(folder.files())) {
        all.add(
            PartitionedFileUtil.getPartitionedFile(
                file, file.getPath(), folder.values(), 0, file.getLen()));
      }
    }
    this.files = all.iterator();
  }

  @SuppressWarnings("unchecked") // Java sees no type in what a map of Scala's becomes
  private static Map<String, String> rowByRow(Map<String, String> options) {
    return (Map<String, String>) options.updated(FileFormat.OPTION_RETURNING_BATCH(), "false");
  }

  static boolean knows(HadoopFsRelation relation) {
    return relation.fileFormat() instanceof ParquetFileFormat
        && relation.partitionSchema().isEmpty();
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && files.hasNext()) {
      rows = reader.apply(files.next());
      if (rows instanceof AutoCloseable file) {
        opened.accept(file);
      }
    }
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    return rows.next();
  }
}
