package io.kagimori.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Where a stack keeps everything that outlives it. A marker file says that the stack made the
 * folder's entries; without it nothing is ever removed, and with it only the stack's own entries. A
 * lock keeps a second stack out.
 */
final class DataDirectory implements AutoCloseable {
  private static final String MARKER = ".kagimori-stack";
  private static final String LOCK = ".kagimori-lock";
  private static final List<String> OWN =
      List.of("broker", "postgres", "logs", "secrets", "sealing.key");

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;
  private final boolean leftRunning;

  private DataDirectory(Path folder, FileChannel channel, FileLock lock) throws IOException {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
    leftRunning = channel.size() > 0;
    channel.write(ByteBuffer.wrap(new byte[] {'1'}), 0);
  }

  /**
   * Takes a folder for one stack; makes it when it is missing.
   *
   * @throws StackException when another stack uses it, or it holds entries of these names that no
   *     stack made
   */
  static DataDirectory open(Path data) {
    Path folder = data.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      if (!Files.exists(folder.resolve(MARKER))) {
        requireUntouched(folder);
      }
      return lock(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * Makes the folder ready for a start.
   *
   * @param fresh whether to remove first what earlier stacks kept there
   */
  void prepare(boolean fresh) {
    try {
      if (fresh && Files.exists(folder.resolve(MARKER))) {
        removeOwn();
      }
      mark();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /** Whether the last stack was killed, so that its processes may still be on their way out. */
  boolean wasLeftRunning() {
    return leftRunning;
  }

  Path broker() {
    return folder.resolve("broker");
  }

  Path postgres() {
    return folder.resolve("postgres");
  }

  Path log(String name) {
    return folder.resolve("logs").resolve(name + ".log");
  }

  /** The password of this name, made at random when it is missing. */
  String password(String name) {
    Path file = folder.resolve("secrets").resolve(name + ".password");
    try {
      OwnerOnly.createFolder(file.getParent());
      if (!Files.exists(file)) {
        OwnerOnly.write(file, OwnerOnly.random(24));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StackException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The file of the keys that seal product keys, made when it is missing: a line {@code id:Base64}
   * for each key of 32 bytes, one for fingerprints and one for sealing, named by its month.
   */
  Path sealingKey() {
    Path file = folder.resolve("sealing.key");
    try {
      if (!Files.exists(file)) {
        OwnerOnly.write(
            file,
            "fingerprint:%s%n%s:%s%n"
                .formatted(
                    OwnerOnly.random(32), YearMonth.now(ZoneOffset.UTC), OwnerOnly.random(32)));
      }
      return file;
    } catch (IOException e) {
      throw new StackException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      lock.release();
      channel.close();
    } catch (IOException e) {
      System.err.println("The lock of " + folder + " was not released: " + e.getMessage());
    }
  }

  private static StackException unusable(Path folder, IOException reason) {
    return new StackException(
        "The data directory %s cannot be used: %s".formatted(folder, reason.getMessage()), reason);
  }

  private static void requireUntouched(Path folder) {
    for (String own : OWN) {
      if (Files.exists(folder.resolve(own))) {
        throw new StackException(
            "%s holds '%s', which no stack made; choose another directory with --data."
                .formatted(folder, own));
      }
    }
  }

  private static DataDirectory lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new StackException(
          "Another stack uses %s; stop it or choose another directory with --data."
              .formatted(folder));
    }
    return new DataDirectory(folder, channel, lock);
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameJvm) {
      return null;
    }
  }

  private void removeOwn() throws IOException {
    for (String own : OWN) {
      Folders.delete(folder.resolve(own));
    }
  }

  private void mark() throws IOException {
    if (!Files.exists(folder.resolve(MARKER))) {
      Files.writeString(
          folder.resolve(MARKER),
          "Made by ./kagimori up. --fresh removes: " + String.join(", ", OWN) + "\n");
    }
  }
}
