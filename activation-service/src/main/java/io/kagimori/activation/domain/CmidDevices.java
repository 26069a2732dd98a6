package io.kagimori.activation.domain;

import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which devices use a client machine ID. Images cloned without being generalized share one, and the
 * host counts them once. Not for several threads.
 */
public final class CmidDevices {
  /** Device ids that a warning lists; behind them stands how many there are. */
  public static final int LISTED_MAX = 100;

  private final Duration retention;
  private final Map<String, Map<String, Instant>> devices = new HashMap<>();
  private final Map<String, Long> notLoaded = new HashMap<>();
  private final Map<Use, Instant> changed = new HashMap<>();

  /** A device with the client machine ID it uses. */
  public record Use(String cmid, String deviceId) {}

  /**
   * @param retention how long a device counts as using the ID after it was last seen with it
   */
  public CmidDevices(Duration retention) {
    this.retention = retention;
  }

  /** Puts in a use as it was read. */
  public void loaded(String cmid, String deviceId, Instant lastSeenAt) {
    of(cmid).put(deviceId, lastSeenAt);
  }

  /** Says how many further devices use the ID that were too many to be loaded. */
  public void notLoaded(String cmid, long further) {
    notLoaded.put(cmid, further);
  }

  /** A device was seen with the ID. */
  public void seen(String cmid, String deviceId, Instant at) {
    Instant last = of(cmid).merge(deviceId, at, (a, b) -> a.isAfter(b) ? a : b);
    changed.put(new Use(cmid, deviceId), last);
  }

  /** The warning {@code DUPLICATE_CMID} when several devices use the ID. */
  Optional<Warning> duplicate(String cmid, Instant now) {
    Instant since = now.minus(retention);
    List<String> users =
        devices.getOrDefault(cmid, Map.of()).entrySet().stream()
            .filter(use -> !use.getValue().isBefore(since))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    long total = users.size() + notLoaded.getOrDefault(cmid, 0L);
    if (total < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Warning(
            Reasons.DUPLICATE_CMID,
            new Details()
                .with("cmid", cmid)
                .with("devices", users.subList(0, Math.min(users.size(), LISTED_MAX)))
                .with("total", total)
                .map()));
  }

  /** The uses seen in the batch, each with its newest time. */
  public Map<Use, Instant> changed() {
    return Map.copyOf(changed);
  }

  private Map<String, Instant> of(String cmid) {
    return devices.computeIfAbsent(cmid, c -> new HashMap<>());
  }
}
