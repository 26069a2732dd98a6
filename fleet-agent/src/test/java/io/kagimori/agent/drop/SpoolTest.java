package io.kagimori.agent.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final Instant THEN = Instant.parse("2026-11-21T00:00:00Z");

  @TempDir private Path folder;

  static Answer event(int number) {
    DeviceReported report =
        DeviceReportedBuilder.builder()
            .deviceId("pc-" + number)
            .collectedAt(THEN)
            .source("SLMGR")
            .language("en")
            .build();
    return EventSender.event(
        EventType.DEVICE_REPORTED, EventIds.named("spool/" + number), THEN, report);
  }

  private static List<String> keys(List<Spool.Waiting> waiting) {
    return waiting.stream().map(one -> one.event().key()).toList();
  }

  @Test
  @DisplayName("SX-05 events are kept over a restart, in order and byte for byte")
  void keepsOrderOverARestart() throws IOException {
    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      assertThat(spool.append(List.of(event(1), event(2)))).isTrue();
      assertThat(spool.append(List.of(event(3)))).isTrue();
    }
    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      List<Spool.Waiting> waiting = spool.oldest(10);
      assertThat(keys(waiting)).containsExactly("pc-1", "pc-2", "pc-3");
      assertThat(waiting.get(0).event().id()).isEqualTo(event(1).id());
      assertThat(waiting.get(0).event().body()).isEqualTo(event(1).body());
      assertThat(waiting.get(0).event().time()).isEqualTo(THEN);
    }
  }

  @Test
  @DisplayName("SX-05 what was delivered is not delivered again after a restart")
  void remembersDelivery() throws IOException {
    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      spool.append(List.of(event(1), event(2), event(3)));
      spool.delivered(spool.oldest(2).get(1));
      assertThat(keys(spool.oldest(10))).containsExactly("pc-3");
    }
    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      assertThat(keys(spool.oldest(10))).containsExactly("pc-3");
    }
  }

  @Test
  @DisplayName("SX-05 a full spool refuses new events visibly and keeps the old ones")
  void refusesBeyondItsLimit() throws IOException {
    try (Spool spool = Spool.open(folder, 20_000)) {
      int taken = 0;
      while (spool.append(List.of(event(taken)))) {
        taken++;
      }
      assertThat(taken).isBetween(10, 100);
      assertThat(spool.oldest(1_000)).hasSize(taken);

      List<Spool.Waiting> some = spool.oldest(taken / 2);
      spool.delivered(some.get(some.size() - 1));

      assertThat(spool.append(List.of(event(taken)))).isTrue();
      assertThat(keys(spool.oldest(1_000))).last().isEqualTo("pc-" + taken);
    }
  }

  @Test
  @DisplayName("Files whose events are all delivered are removed")
  void removesWhatIsDone() throws IOException {
    try (Spool spool = Spool.open(folder, 40_000)) {
      for (int i = 0; i < 300; i++) {
        assertThat(spool.append(List.of(event(i)))).isTrue();
        spool.delivered(spool.oldest(1).get(0));
      }
      assertThat(spool.isEmpty()).isTrue();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".events"))).hasSizeLessThan(3);
    }
  }

  @Test
  @DisplayName("A torn last line is cut off, and appending goes on behind the last whole one")
  void cutsATornLine() throws IOException {
    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      spool.append(List.of(event(1)));
    }
    Files.writeString(onlySegment(), "0badc0de {\"specver", StandardOpenOption.APPEND);

    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      spool.append(List.of(event(2)));
      assertThat(keys(spool.oldest(10))).containsExactly("pc-1", "pc-2");
      assertThat(spool.damaged()).isZero();
    }
  }

  @Test
  @DisplayName("A damaged line is passed over and counted")
  void passesOverDamage() throws IOException {
    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      spool.append(List.of(event(1), event(2), event(3)));
    }
    byte[] bytes = Files.readAllBytes(onlySegment());
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("pc-2")] = '#';
    Files.write(onlySegment(), bytes);

    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      assertThat(keys(spool.oldest(10))).containsExactly("pc-1", "pc-3");
      assertThat(spool.damaged()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("Two agents do not share a spool")
  void oneAtATime() throws IOException {
    try (Spool spool = Spool.open(folder, MEBIBYTE)) {
      assertThat(spool.isEmpty()).isTrue();
      assertThatThrownBy(() -> Spool.open(folder, MEBIBYTE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another agent");
    }
  }

  @Test
  @DisplayName("Pauses after failures grow and are never in step")
  void pausesAreJittered() {
    Rhythm rhythm = new Rhythm(new java.util.Random(7));
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pauses.add(rhythm.afterFailure().toMillis());
    }
    assertThat(pauses).allMatch(millis -> millis >= 1 && millis <= 300_000);
    assertThat(pauses.get(0)).isLessThanOrEqualTo(1_000);
    assertThat(pauses).doesNotHaveDuplicates();
    assertThat(pauses.stream().mapToLong(Long::longValue).max().orElse(0)).isGreaterThan(60_000);

    rhythm.succeeded();
    assertThat(rhythm.afterFailure().toMillis()).isLessThanOrEqualTo(1_000);
    assertThat(rhythm.around(java.time.Duration.ofSeconds(10)).toMillis())
        .isBetween(8_000L, 12_000L);
  }

  private Path onlySegment() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".events")).findFirst().orElseThrow();
    }
  }
}
