package dev.loadstar.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads this JVM's processor time, that of the children it waited for, and that of servers with all
 * their processes. The latter two come from {@code /proc}; elsewhere they count as zero.
 */
public final class ProcessMeter implements Meter {
  /** Linux reports processor time in hundredths of a second to everybody. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final Path PROC = Path.of("/proc");

  private final List<Long> servers;

  /**
   * @param servers process ids on this machine
   */
  public ProcessMeter(List<Long> servers) {
    this.servers = List.copyOf(servers);
  }

  @Override
  public long wallNanos() {
    return System.nanoTime();
  }

  @Override
  public long cpuNanos() {
    long ticks = stat(ProcessHandle.current().pid()).childTicks();
    for (long server : servers) {
      ticks += tree(server);
    }
    return ownNanos() + ticks * NANOS_PER_TICK;
  }

  /** The process that started {@code pid}: a server's, when {@code pid} is that of a session. */
  public static long parentOf(long pid) {
    return stat(pid).parent();
  }

  private static long ownNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** Living processes count themselves, dead ones are counted by the parent that waited. */
  private static long tree(long root) {
    Stat stat = stat(root);
    long ticks = stat.ownTicks() + stat.childTicks();
    for (long child : children(root)) {
      ticks += tree(child);
    }
    return ticks;
  }

  private static List<Long> children(long parent) {
    return ProcessHandle.of(parent)
        .map(handle -> handle.children().map(ProcessHandle::pid).toList())
        .orElse(List.of());
  }

  private record Stat(long parent, long ownTicks, long childTicks) {}

  private static Stat stat(long pid) {
    try {
      String line = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // The name of the program stands in parentheses and may hold anything, so count behind it.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return new Stat(
          Long.parseLong(fields[1]),
          Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
          Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    } catch (NoSuchFileException e) {
      return new Stat(0, 0, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
