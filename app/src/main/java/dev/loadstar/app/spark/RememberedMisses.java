package dev.loadstar.app.spark;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A class loader that looks for a class it did not find once only. Spark compiles code as it goes,
 * and its compiler asks for parts of names, such as {@code org.apache}, as if they were classes:
 * each time every jar is searched, which was a fifth of a small build. Thread safe.
 */
final class RememberedMisses extends ClassLoader {
  private static final int MOST = 100_000;
  private static final Map<ClassLoader, RememberedMisses> OF_PARENT = new ConcurrentHashMap<>();

  static {
    registerAsParallelCapable();
  }

  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  private RememberedMisses(ClassLoader parent) {
    super("loadstar", parent);
  }

  /**
   * Makes it the one that Spark takes, for this thread and those that it starts. Threads share one,
   * for they ask for the same.
   */
  static void take() {
    Thread thread = Thread.currentThread();
    ClassLoader now = thread.getContextClassLoader();
    if (now != null && !(now instanceof RememberedMisses)) {
      thread.setContextClassLoader(OF_PARENT.computeIfAbsent(now, RememberedMisses::new));
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (missing.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    try {
      return super.loadClass(name, resolve);
    } catch (ClassNotFoundException e) {
      if (missing.size() < MOST) {
        missing.add(name);
      }
      throw e;
    }
  }
}
