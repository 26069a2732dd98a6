package io.kagimori.agent.collect;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pairs what a KMS client asked (event 12288) with what it got (12289). */
final class EventPairs {
  private static final Integer ASKED = 12288;
  private static final Integer ANSWERED = 12289;
  private static final String ANY_TIME = "";

  private EventPairs() {}

  /** The finding for the first request that no host answered; both events carry the same time. */
  static Optional<Finding> unanswered(List<Map<String, Object>> events) {
    Set<Object> answered = new HashSet<>();
    for (Map<String, Object> event : events) {
      if (ANSWERED.equals(event.get("event_id"))) {
        answered.add(event.getOrDefault("client_time", ANY_TIME));
      }
    }
    return events.stream()
        .filter(event -> ASKED.equals(event.get("event_id")))
        .filter(asked -> !isAnswered(asked, answered))
        .findFirst()
        .map(asked -> new Finding(Finding.NO_HOST_RESPONSE, detail(asked)));
  }

  /** A log may print no details; then any answer will do. */
  private static boolean isAnswered(Map<String, Object> asked, Set<Object> answered) {
    Object time = asked.get("client_time");
    return answered.contains(ANY_TIME)
        || (time == null ? !answered.isEmpty() : answered.contains(time));
  }

  private static String detail(Map<String, Object> asked) {
    return "request of %s to %s, %s"
        .formatted(
            asked.getOrDefault("client_time", asked.getOrDefault("date", "unknown time")),
            asked.getOrDefault("kms_host", "a host not named"),
            asked.getOrDefault("error_code", "without a code"));
  }
}
