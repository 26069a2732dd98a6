package io.kagimori.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. Inside a fresh user namespace the same user has no name and no
 * power, and still owns its files, so nothing needs another account or another owner.
 */
final class NotRoot {
  private NotRoot() {}

  /** What to put before a command; empty for everybody but root on Linux. */
  static List<String> prefix() {
    if (!isRoot()) {
      return List.of();
    }
    try {
      Launch.run(List.of("unshare", "-U", "true"));
      return List.of("unshare", "-U");
    } catch (IOException e) {
      throw new StackException(
          "PostgreSQL refuses to run as root and this system allows root no user namespace; start the stack as another user.",
          e);
    }
  }

  private static boolean isRoot() {
    try {
      Path self = Path.of("/proc/self");
      return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
