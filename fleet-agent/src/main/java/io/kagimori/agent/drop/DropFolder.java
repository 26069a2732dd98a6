package io.kagimori.agent.drop;

import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.Collector;
import io.kagimori.agent.collect.publish.MissingDeviceException;
import io.kagimori.agent.collect.publish.Reports;
import io.kagimori.contracts.cloudevents.Answer;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder that tools' outputs are dropped into. Files in it belong to the agent's device, files
 * in a folder of it to the device of that name. What was read moves to {@code done}, into a folder
 * of the day, what could not be read to {@code unreadable} with the reason beside it.
 */
final class DropFolder {
  private static final String DONE = "done";
  private static final String UNREADABLE = "unreadable";
  private static final Set<String> OWN = Set.of(DONE, UNREADABLE, "spool");
  private static final long BYTES_MAX = 32L << 20;

  private final Path folder;
  private final Optional<String> deviceId;
  private final Duration settled;
  private final Duration keep;
  private final Spool spool;
  private final Consumer<News> news;

  /**
   * @param folder the folder
   * @param deviceId whose files those directly in the folder are
   * @param settled how long a file must have been left alone, so that nobody still writes it
   * @param keep how long files that are done are kept
   * @param spool takes the events
   * @param news is told what became of each file
   */
  DropFolder(
      Path folder,
      Optional<String> deviceId,
      Duration settled,
      Duration keep,
      Spool spool,
      Consumer<News> news) {
    this.folder = folder;
    this.deviceId = deviceId;
    this.settled = settled;
    this.keep = keep;
    this.spool = spool;
    this.news = news;
  }

  private record Dropped(Path file, Optional<String> deviceId, FileTime modified) {}

  /**
   * Reads what has appeared, oldest first, and ends early where the spool is full.
   *
   * @param now the present
   * @return whether everything that was ready was taken
   */
  boolean sweep(Instant now) throws IOException {
    prune(now);
    for (Dropped dropped : ready(now)) {
      if (!take(dropped, now)) {
        return false;
      }
    }
    return true;
  }

  private List<Dropped> ready(Instant now) throws IOException {
    List<Dropped> found = new ArrayList<>();
    collect(folder, deviceId, now, found);
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path device : inside.filter(Files::isDirectory).sorted().toList()) {
        String name = device.getFileName().toString();
        boolean own = OWN.contains(name) || Files.isSameFile(device, spool.folder());
        if (!own && !name.startsWith(".")) {
          collect(device, Optional.of(name), now, found);
        }
      }
    }
    found.sort(Comparator.comparing(Dropped::modified).thenComparing(Dropped::file));
    return found;
  }

  private void collect(Path from, Optional<String> device, Instant now, List<Dropped> found)
      throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        FileTime modified = Files.getLastModifiedTime(file);
        if (isMeant(file) && !modified.toInstant().plus(settled).isAfter(now)) {
          found.add(new Dropped(file, device, modified));
        }
      }
    }
  }

  /** Names under which programs write before they rename are not for us. */
  private static boolean isMeant(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && !name.startsWith("~")
        && !name.endsWith(".tmp")
        && !name.endsWith(".part")
        && !name.endsWith(".partial")
        && !name.endsWith(".crdownload");
  }

  private boolean take(Dropped dropped, Instant now) throws IOException {
    if (Files.size(dropped.file()) > BYTES_MAX) {
      setAside(dropped, "it is larger than 32 MiB");
      return true;
    }
    byte[] bytes = Files.readAllBytes(dropped.file());
    Collected collected = Collector.read(dropped.file().getFileName().toString(), bytes);
    if (collected.reason().isPresent()) {
      setAside(dropped, collected.reason().get());
      return true;
    }
    List<Answer> events;
    try {
      events = Reports.of(collected, bytes, dropped.deviceId(), dropped.modified().toInstant());
    } catch (MissingDeviceException e) {
      setAside(dropped, e.getMessage());
      return true;
    }
    if (!spool.append(events)) {
      news.accept(News.full(dropped.file().getFileName().toString()));
      return false;
    }
    Path target = place(dropped, folder.resolve(DONE).resolve(day(now)));
    Files.move(dropped.file(), target, StandardCopyOption.ATOMIC_MOVE);
    news.accept(News.taken(dropped.file().getFileName().toString(), events.size()));
    return true;
  }

  /** The reason is written first, so that a file set aside always has one. */
  private void setAside(Dropped dropped, String reason) throws IOException {
    Path target = place(dropped, folder.resolve(UNREADABLE));
    Files.writeString(target.resolveSibling(target.getFileName() + ".reason.txt"), reason + "\n");
    Files.move(dropped.file(), target, StandardCopyOption.ATOMIC_MOVE);
    news.accept(News.unreadable(dropped.file().getFileName().toString(), reason));
  }

  /** Where in that folder the file goes; the folder is made when missing. */
  private Path place(Dropped dropped, Path where) throws IOException {
    Files.createDirectories(where);
    String device =
        dropped.file().getParent().equals(folder) ? "" : dropped.deviceId().orElse("") + "-";
    String name = device + dropped.file().getFileName();
    Path free = where.resolve(name);
    for (int i = 1; Files.exists(free); i++) {
      free = where.resolve(name + "." + i);
    }
    return free;
  }

  /**
   * What is done is kept by the day it was read, which its folder is named after. A file's own date
   * says when it was collected, which may be long ago.
   */
  private void prune(Instant now) throws IOException {
    Path done = folder.resolve(DONE);
    if (!Files.isDirectory(done)) {
      return;
    }
    String oldest = day(now.minus(keep));
    try (Stream<Path> days = Files.list(done)) {
      for (Path day : days.filter(DropFolder::isDay).toList()) {
        if (day.getFileName().toString().compareTo(oldest) < 0) {
          delete(day);
        }
      }
    }
  }

  private static String day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  private static boolean isDay(Path path) {
    return Files.isDirectory(path) && path.getFileName().toString().matches("\\d{4}-\\d{2}-\\d{2}");
  }

  private static void delete(Path day) throws IOException {
    try (Stream<Path> files = Files.list(day)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.deleteIfExists(file);
      }
    }
    try {
      Files.deleteIfExists(day);
    } catch (DirectoryNotEmptyException e) {
      // Somebody keeps something of their own in it.
    }
  }
}
