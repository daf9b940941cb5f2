package dev.loadstar.demo.run;

import dev.loadstar.core.crash.CrashPoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Holds other processes at a point until it is closed, so that they are there together. */
final class Gate implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private Gate(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * @param folder a fresh one
   */
  static Gate in(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(CrashPoint.GATE),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
    lock.lock();
    return new Gate(folder, lock);
  }

  /** What makes a process stop here. */
  Map<String, String> at(CrashPoint point) {
    return Map.of("LOADSTAR_HOLD_AT", point.name(), "LOADSTAR_HOLD_IN", folder.toString());
  }

  /** Waits until a process has come. */
  void await(Process process) throws InterruptedException {
    Path sign = folder.resolve(String.valueOf(process.pid()));
    while (!Files.exists(sign)) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it ended before it came to the gate: " + process.exitValue());
      }
    }
  }

  /** Lets all go. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
