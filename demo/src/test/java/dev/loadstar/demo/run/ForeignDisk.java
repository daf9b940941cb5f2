package dev.loadstar.demo.run;

import java.security.Permission;

/**
 * Makes a JVM on this machine as blind for a folder as one on another machine is. Installed by
 * {@code -Djava.security.manager}, which Java 17 and 21 still know.
 */
@SuppressWarnings("removal")
public final class ForeignDisk extends SecurityManager {
  /** The folder that is not there for this JVM. */
  static final String HIDDEN = "loadstar.test.hidden";

  private final String hidden = System.getProperty(HIDDEN);

  @Override
  public void checkPermission(Permission permission) {
    // all else is allowed
  }

  @Override
  public void checkRead(String file) {
    hide(file);
  }

  @Override
  public void checkRead(String file, Object context) {
    hide(file);
  }

  @Override
  public void checkWrite(String file) {
    hide(file);
  }

  @Override
  public void checkDelete(String file) {
    hide(file);
  }

  private void hide(String file) {
    if (file.startsWith(hidden)) {
      throw new SecurityException("on the disk of another machine");
    }
  }
}
