package io.kagimori.local;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Files that only their owner may read, from the first moment on, and what is worth that. */
final class OwnerOnly {
  private static final SecureRandom RANDOM = new SecureRandom();

  private OwnerOnly() {}

  /** A new temporary file with this text. The caller deletes it. */
  static Path temporaryFile(String text) throws IOException {
    Path file = Files.createTempFile("kagimori", ".secret", rights("rw-------"));
    return Files.writeString(file, text);
  }

  /** Writes a new file; it must not exist. */
  static void write(Path file, String text) throws IOException {
    Files.createFile(file, rights("rw-------"));
    Files.writeString(file, text);
  }

  static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, rights("rwx------"));
    }
  }

  /** So many random bytes as Base64 text. */
  static String random(int bytes) {
    byte[] secret = new byte[bytes];
    RANDOM.nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  private static FileAttribute<?>[] rights(String rights) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
