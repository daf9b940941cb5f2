package dev.loadstar.tables.spark;

import dev.loadstar.lake.file.FolderFiles;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.file.S3Files;
import dev.loadstar.tables.stored.RowFiles;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * A lake's files wherever Spark runs a task: only the address travels, what opens it is in the
 * session's own settings.
 *
 * @param address as {@link LakeFiles#uri} gives it
 */
public record ReachableFiles(String address) implements Serializable {
  private static final String FOLDER = "file://";
  private static final String HADOOP = "spark.hadoop.";
  private static final Map<String, RowFiles> OPEN = new ConcurrentHashMap<>();

  public static ReachableFiles of(LakeFiles files) {
    return new ReachableFiles(files.uri(""));
  }

  public RowFiles open() {
    return OPEN.computeIfAbsent(address, ReachableFiles::files);
  }

  private static RowFiles files(String address) {
    if (address.startsWith(FOLDER)) {
      return new RowFiles(new FolderFiles(Path.of(address.substring(FOLDER.length()))));
    }
    Map<String, String> options = new HashMap<>();
    SparkConf settings = SparkEnv.get().conf();
    for (var setting : settings.getAllWithPrefix(HADOOP)) {
      options.put(setting._1(), setting._2());
    }
    return new RowFiles(S3Files.open(address, options));
  }
}
