package io.kagimori.agent.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFolderTest {
  private static final Path LISTING =
      Path.of("src/test/resources/samples/slmgr-dli/01-win7-kms-client.txt");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  private final List<News> news = new ArrayList<>();

  private DropFolder following(Spool spool, String device) {
    return new DropFolder(
        folder,
        Optional.ofNullable(device),
        Duration.ofSeconds(2),
        Duration.ofDays(7),
        spool,
        news::add);
  }

  private Path drop(String name, Instant modified) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.copy(LISTING, file);
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }

  private Set<String> in(String where) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(where))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  @DisplayName("SX-05 a report keeps the time of its file, and files are taken in their order")
  void keepsTimeAndOrder() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      drop("b.txt", NOW.minusSeconds(3_600));
      drop("a.txt", NOW.minusSeconds(60));

      assertThat(following(spool, "pc-1").sweep(NOW)).isTrue();

      List<Spool.Waiting> waiting = spool.oldest(10);
      assertThat(waiting)
          .extracting(one -> one.event().time())
          .containsExactly(NOW.minusSeconds(3_600), NOW.minusSeconds(60));
      assertThat(waiting).extracting(one -> one.event().key()).containsOnly("pc-1");
      assertThat(in("done/2026-11-21")).containsExactlyInAnyOrder("a.txt", "b.txt");
    }
  }

  @Test
  @DisplayName("A folder of a device's name holds the files of that device")
  void readsFoldersOfDevices() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      drop("pc-7/dli.txt", NOW.minusSeconds(60));

      following(spool, null).sweep(NOW);

      assertThat(spool.oldest(10)).extracting(one -> one.event().key()).containsExactly("pc-7");
      assertThat(in("done/2026-11-21")).containsExactly("pc-7-dli.txt");
    }
  }

  @Test
  @DisplayName("What cannot be read is set aside with the reason, and the others are taken")
  void setsAsideWhatItCannotRead() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      Path note = Files.writeString(folder.resolve("note.txt"), "Dear diary\n");
      Files.setLastModifiedTime(note, FileTime.from(NOW.minusSeconds(90)));
      drop("a.txt", NOW.minusSeconds(60));

      following(spool, "pc-1").sweep(NOW);

      assertThat(spool.oldest(10)).hasSize(1);
      assertThat(in("unreadable")).containsExactlyInAnyOrder("note.txt", "note.txt.reason.txt");
      assertThat(news).extracting(News::what).containsExactly("UNREADABLE", "TAKEN");
    }
  }

  @Test
  @DisplayName("A reason that a killed agent left without its file is used when the file comes")
  void setsAsideOnce() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      Path reason = folder.resolve("unreadable/note.txt.reason.txt");
      Files.createDirectories(reason.getParent());
      Files.writeString(reason, "half a rea");
      Path note = Files.writeString(folder.resolve("note.txt"), "Dear diary\n");
      Files.setLastModifiedTime(note, FileTime.from(NOW.minusSeconds(90)));

      following(spool, "pc-1").sweep(NOW);

      assertThat(in("unreadable")).containsExactlyInAnyOrder("note.txt", "note.txt.reason.txt");
      assertThat(reason).content().isEqualTo(news.get(0).detail() + "\n");
    }
  }

  @Test
  @DisplayName("What is done is kept by the day it was read, however old it was, with its own date")
  void keepsByTheDayItWasRead() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      Instant collected = NOW.minus(Duration.ofDays(300));
      drop("a.txt", collected);
      DropFolder files = following(spool, "pc-1");

      files.sweep(NOW);
      files.sweep(NOW.plus(Duration.ofDays(7)));

      Path done = folder.resolve("done/2026-11-21/a.txt");
      assertThat(Files.getLastModifiedTime(done).toInstant()).isEqualTo(collected);

      files.sweep(NOW.plus(Duration.ofDays(8)));

      assertThat(in("done")).isEmpty();
    }
  }

  @Test
  @DisplayName("A folder that somebody made under what is done stays, and nothing stands still")
  void leavesWhatOthersKeep() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      Files.createDirectories(folder.resolve("done/2026-01-01/mine"));
      drop("a.txt", NOW.minusSeconds(60));

      assertThat(following(spool, "pc-1").sweep(NOW)).isTrue();

      assertThat(folder.resolve("done/2026-01-01/mine")).exists();
      assertThat(in("done/2026-11-21")).containsExactly("a.txt");
    }
  }

  @Test
  @DisplayName("A file still being written is left alone, and so is a temporary one")
  void leavesUnfinishedFilesAlone() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      drop("a.txt", NOW.minusSeconds(1));
      drop("b.txt.part", NOW.minusSeconds(60));

      following(spool, "pc-1").sweep(NOW);

      assertThat(spool.isEmpty()).isTrue();
      assertThat(folder.resolve("a.txt")).exists();
      assertThat(folder.resolve("b.txt.part")).exists();
    }
  }

  @Test
  @DisplayName("SX-05 where the spool is full files stay in the folder until there is room")
  void leavesFilesWhereTheSpoolIsFull() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), 3_000)) {
      for (int i = 0; i < 5; i++) {
        drop("file-" + i + ".txt", NOW.minusSeconds(60 - i));
      }
      DropFolder files = following(spool, "pc-1");

      assertThat(files.sweep(NOW)).isFalse();
      int taken = spool.oldest(10).size();
      assertThat(taken).isBetween(1, 4);
      assertThat(news).extracting(News::what).contains("SPOOL_FULL");
      assertThat(folder.resolve("file-4.txt")).exists();

      while (!files.sweep(NOW)) {
        List<Spool.Waiting> waiting = spool.oldest(10);
        spool.delivered(waiting.get(waiting.size() - 1));
      }
      assertThat(in("done/2026-11-21")).hasSize(5);
    }
  }

  @Test
  @DisplayName("The same file read again gives the same event")
  void sameFileSameEvent() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("spool"), MEBIBYTE)) {
      DropFolder files = following(spool, "pc-1");
      drop("a.txt", NOW.minusSeconds(60));
      files.sweep(NOW);
      drop("a.txt", NOW.minusSeconds(60));
      files.sweep(NOW);

      List<Spool.Waiting> waiting = spool.oldest(10);
      assertThat(waiting).hasSize(2);
      assertThat(waiting.get(0).event().id()).isEqualTo(waiting.get(1).event().id());
      assertThat(waiting.get(0).event().body()).isEqualTo(waiting.get(1).event().body());
    }
  }
}
