package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.KmsRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The grace a new installation has before it must be activated: how long, how much is left, and
 * what happens when it is over. Pure.
 */
public final class InitialGrace {
  /** Generation that lost functions after the grace. Source: kms_rules.csv, grace-01. */
  private static final Set<String> REDUCED = Set.of("windows-vista", "windows-server-2008");

  /**
   * Last builds before release: Vista RC1 and RC2, Longhorn Server betas. Release is 6000, 6001.
   */
  private static final int VISTA_RELEASE = 6000;

  private static final int SERVER_2008_RELEASE = 6001;
  private static final String PRERELEASE_RULE = "grace-02";

  private final KmsRules rules;

  public InitialGrace(KmsRules rules) {
    this.rules = rules;
  }

  /** Where a device stands in its grace. */
  public enum Phase {
    RUNNING,
    /** The last day: somebody has to act. */
    LAST_DAY,
    /** Over, on a generation that then offers fewer functions. */
    REDUCED_FUNCTIONALITY,
    /** Over, on a generation that then reminds its user. */
    NOTIFICATION
  }

  /**
   * The countdown.
   *
   * @param endsAt end of the grace
   * @param daysLeft whole days left, a begun day counts; 0 when it is over
   * @param phase where the device stands
   */
  public record Countdown(Instant endsAt, long daysLeft, Phase phase) {
    /** Whether somebody has to act today. */
    public boolean alarm() {
      return phase != Phase.RUNNING;
    }
  }

  /**
   * How long the grace of a product is; absent where none is fixed, as from Windows 8 on.
   *
   * @param product slug of the product
   * @param osBuild build number, which tells prerelease builds; may be null
   */
  public Optional<Duration> length(String product, String osBuild) {
    if (product == null) {
      return Optional.empty();
    }
    return isPrerelease(product, osBuild)
        ? rules.find(PRERELEASE_RULE).map(rule -> Duration.ofDays(Long.parseLong(rule.value())))
        : rules.initialGrace(product);
  }

  /** The countdown from the begin of a grace of that length. */
  public static Countdown countdown(String product, Instant since, Duration length, Instant now) {
    return countdown(product, since.plus(length), now);
  }

  /** The countdown to a known end. */
  public static Countdown countdown(String product, Instant endsAt, Instant now) {
    Duration left = Duration.between(now, endsAt);
    if (left.isZero() || left.isNegative()) {
      Phase over =
          product != null && REDUCED.contains(product)
              ? Phase.REDUCED_FUNCTIONALITY
              : Phase.NOTIFICATION;
      return new Countdown(endsAt, 0, over);
    }
    long days = left.plusDays(1).minusNanos(1).toDays();
    return new Countdown(endsAt, days, days <= 1 ? Phase.LAST_DAY : Phase.RUNNING);
  }

  /** The countdown of a device; absent while it is not in its initial grace. */
  public Optional<Countdown> of(Device device, Instant now) {
    if (device.graceSince() == null) {
      return Optional.empty();
    }
    Device.Installation installed = device.installed();
    Optional<Instant> reported = Optional.ofNullable(device.license().expiry().at());
    return reported
        .or(
            () ->
                length(installed.product(), installed.osBuild())
                    .map(length -> device.graceSince().plus(length)))
        .map(end -> countdown(installed.product(), end, now));
  }

  private static boolean isPrerelease(String product, String osBuild) {
    int release =
        switch (product) {
          case "windows-vista" -> VISTA_RELEASE;
          case "windows-server-2008" -> SERVER_2008_RELEASE;
          default -> 0;
        };
    return release > 0 && build(osBuild).filter(build -> build < release).isPresent();
  }

  /** The build in a text such as {@code 5600} or {@code 6.0.5600.16384}. */
  private static Optional<Integer> build(String osBuild) {
    if (osBuild == null) {
      return Optional.empty();
    }
    String[] parts = osBuild.strip().split("\\.");
    String build = parts.length >= 3 ? parts[2] : parts[0];
    return build.matches("[0-9]{1,6}") ? Optional.of(Integer.valueOf(build)) : Optional.empty();
  }
}
