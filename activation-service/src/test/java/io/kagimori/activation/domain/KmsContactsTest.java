package io.kagimori.activation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The count against a naive model that remembers every contact for ever. */
class KmsContactsTest {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final int CEILING = 50;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  @DisplayName("Batches that load only the 50 most recent clients count as if they knew all")
  void countsLikeTheNaiveModel(long seed) {
    Random random = new Random(seed);
    Map<String, Map<String, Instant>> all = new HashMap<>();
    Instant now = Samples.NOON;
    int population = 10 + random.nextInt(150);
    for (int batchNo = 0; batchNo < 60; batchNo++) {
      KmsContacts batch = new KmsContacts(RETENTION, CEILING);
      all.forEach((host, clients) -> load(batch, host, clients));
      for (int i = random.nextInt(40); i >= 0; i--) {
        now = now.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 2)));
        String host = "kms-" + random.nextInt(2);
        String cmid = "c" + random.nextInt(population);
        // Some records arrive late: their time lies before that of others already seen.
        Instant at = random.nextInt(5) == 0 ? now.minus(Duration.ofDays(1)) : now;
        batch.contact(host, cmid, at);
        all.computeIfAbsent(host, h -> new HashMap<>())
            .merge(cmid, at, (a, b) -> a.isAfter(b) ? a : b);

        assertThat(batch.count(host, at))
            .as("seed %d, batch %d, host %s at %s", seed, batchNo, host, at)
            .isEqualTo(naive(all.get(host), at));
      }
    }
  }

  /** What the store reads: the most recent contacts up to the ceiling. */
  private static void load(KmsContacts batch, String host, Map<String, Instant> clients) {
    clients.entrySet().stream()
        .sorted(Map.Entry.<String, Instant>comparingByValue(Comparator.reverseOrder()))
        .limit(CEILING)
        .forEach(client -> batch.loaded(host, client.getKey(), client.getValue()));
  }

  private static int naive(Map<String, Instant> clients, Instant now) {
    Instant since = now.minus(RETENTION);
    long count = clients.values().stream().filter(at -> !at.isBefore(since)).count();
    return (int) Math.min(CEILING, count);
  }
}
