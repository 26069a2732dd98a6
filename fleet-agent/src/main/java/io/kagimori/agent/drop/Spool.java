package io.kagimori.agent.drop;

import io.kagimori.contracts.cloudevents.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Events waiting for delivery, in order, in append-only files that are synced before {@link
 * #append} returns. One process at a time; two of its threads, one that appends and one that takes.
 *
 * <p>A line is a checksum and an event. A torn last line, as a crash leaves it, was never promised
 * to anybody and is cut off on opening; a damaged line elsewhere is passed over and counted. The
 * file {@code delivered} tells how far delivery got.
 */
final class Spool implements AutoCloseable {
  private static final String SUFFIX = ".events";
  private static final String CURSOR = "delivered";
  private static final Pattern CURSOR_LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18})");
  private static final int SEGMENTS_AT_CAP = 8;

  private final Path folder;
  private final long maxBytes;
  private final FileChannel lockFile;
  private final List<Long> segments = new ArrayList<>();
  private FileChannel tail;
  private long readSegment;
  private long readOffset;
  private final Set<List<Long>> damaged = new HashSet<>();

  private Spool(Path folder, long maxBytes, FileChannel lockFile) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.lockFile = lockFile;
  }

  /**
   * An event taken for delivery.
   *
   * @param event the event
   * @param segment file it stands in
   * @param end where it ends there
   */
  record Waiting(Answer event, long segment, long end) {}

  /**
   * Opens a spool, made when missing.
   *
   * @param folder where its files are
   * @param maxBytes the most it may hold undelivered
   * @throws IOException when the folder cannot be used, or another process uses it
   */
  static Spool open(Path folder, long maxBytes) throws IOException {
    Files.createDirectories(folder);
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new IOException("another agent uses " + folder);
    }
    Spool spool = new Spool(folder, maxBytes, lockFile);
    spool.recover();
    return spool;
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Where its files are. */
  Path folder() {
    return folder;
  }

  private void recover() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{16}\\" + SUFFIX))
          .map(name -> Long.parseLong(name.substring(0, 16)))
          .sorted()
          .forEach(segments::add);
    }
    readCursor();
    if (segments.isEmpty()) {
      startSegment(readSegment + 1);
    } else {
      long last = segments.get(segments.size() - 1);
      tail = FileChannel.open(file(last), StandardOpenOption.READ, StandardOpenOption.WRITE);
      tail.truncate(endOfLastLine(Files.readAllBytes(file(last))));
      tail.position(tail.size());
    }
    if (!segments.contains(readSegment)) {
      readSegment = segments.get(0);
      readOffset = 0;
    }
    dropDelivered();
  }

  private static long endOfLastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void readCursor() throws IOException {
    Path cursor = folder.resolve(CURSOR);
    if (Files.exists(cursor)) {
      Matcher places = CURSOR_LINE.matcher(Files.readString(cursor).strip());
      // Without a place to go on from, everything is delivered again, which changes nothing.
      if (places.matches()) {
        readSegment = Long.parseLong(places.group(1));
        readOffset = Long.parseLong(places.group(2));
      }
    }
  }

  private Path file(long segment) {
    return folder.resolve("%016d".formatted(segment) + SUFFIX);
  }

  private void startSegment(long number) throws IOException {
    if (tail != null) {
      tail.close();
    }
    tail =
        FileChannel.open(
            file(number),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    segments.add(number);
    syncFolder();
  }

  /** A new name is safe on disk only when its folder is. */
  private void syncFolder() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (java.nio.file.AccessDeniedException e) {
      // Windows opens no folder; there the name is written together with the file.
    }
  }

  /**
   * Adds events, all or none, and returns when they are on disk.
   *
   * @return false when they would go beyond the limit; nothing is added then
   * @throws IOException when the disk refuses them; nothing is added then either
   */
  synchronized boolean append(List<Answer> events) throws IOException {
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(SpoolLine.of(event)));
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    if (undeliveredBytes() + bytes.length > maxBytes) {
      return false;
    }
    if (tail.size() > maxBytes / SEGMENTS_AT_CAP) {
      startSegment(segments.get(segments.size() - 1) + 1);
    }
    long before = tail.size();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      tail.position(before);
      while (buffer.hasRemaining()) {
        tail.write(buffer);
      }
      tail.force(true);
    } catch (IOException e) {
      tail.truncate(before);
      throw e;
    }
    return true;
  }

  /** Bytes not delivered yet. */
  synchronized long undeliveredBytes() throws IOException {
    long bytes = 0;
    for (long segment : segments) {
      if (segment >= readSegment) {
        bytes += Files.size(file(segment)) - (segment == readSegment ? readOffset : 0);
      }
    }
    return bytes;
  }

  synchronized boolean isEmpty() throws IOException {
    return undeliveredBytes() == 0;
  }

  /** Lines found damaged since opening. */
  synchronized long damaged() {
    return damaged.size();
  }

  /** The oldest events not delivered, in order. */
  synchronized List<Waiting> oldest(int max) throws IOException {
    List<Waiting> waiting = new ArrayList<>();
    for (long segment : List.copyOf(segments)) {
      if (segment >= readSegment && waiting.size() < max) {
        read(segment, segment == readSegment ? readOffset : 0, max, waiting);
      }
    }
    return waiting;
  }

  private void read(long segment, long from, int max, List<Waiting> waiting) throws IOException {
    byte[] bytes = new byte[(int) Math.max(0, Files.size(file(segment)) - from)];
    try (FileChannel file = FileChannel.open(file(segment), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      int got = 0;
      while (buffer.hasRemaining() && got >= 0) {
        got = file.read(buffer, from + buffer.position());
      }
    }
    int start = 0;
    for (int i = 0; i < bytes.length && waiting.size() < max; i++) {
      if (bytes[i] == '\n') {
        Optional<Answer> event =
            SpoolLine.read(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        long end = from + i + 1;
        if (event.isPresent()) {
          waiting.add(new Waiting(event.get(), segment, end));
        } else {
          damaged.add(List.of(segment, end));
        }
        start = i + 1;
      }
    }
  }

  /** Notes that everything up to this event was delivered, and forgets files that are done. */
  synchronized void delivered(Waiting last) throws IOException {
    readSegment = last.segment();
    readOffset = last.end();
    Path next = folder.resolve(CURSOR + ".next");
    try (FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      file.write(
          ByteBuffer.wrap(
              (readSegment + " " + readOffset + "\n").getBytes(StandardCharsets.UTF_8)));
      file.force(true);
    }
    Files.move(
        next,
        folder.resolve(CURSOR),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    dropDelivered();
  }

  private void dropDelivered() throws IOException {
    while (segments.size() > 1 && segments.get(0) < readSegment) {
      Files.deleteIfExists(file(segments.remove(0)));
    }
  }

  @Override
  public synchronized void close() throws IOException {
    tail.close();
    lockFile.close();
  }
}
