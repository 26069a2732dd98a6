package io.kagimori.activation.domain;

import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import java.time.Instant;

/**
 * A KMS host.
 *
 * @param host name, lower case
 * @param activated whether the host itself is activated; null while nobody registered it, because
 *     it is known from its clients only
 * @param report what it last said of itself; null when it never did
 * @param reportedAt when that was collected
 * @param lastSeenAt record time of the last event that named it
 */
public record KmsHost(
    String host,
    Boolean activated,
    KmsHostReported report,
    Instant reportedAt,
    Instant lastSeenAt) {

  /** A host that is heard of for the first time. */
  public static KmsHost unknown(String host, Instant now) {
    return new KmsHost(host, null, null, null, now);
  }

  /** Whether it is registered and not activated, so that it must refuse its clients. */
  boolean mustBeActivated() {
    return Boolean.FALSE.equals(activated);
  }

  /** A client named it. */
  public KmsHost seen(Instant now) {
    return new KmsHost(host, activated, report, reportedAt, later(lastSeenAt, now));
  }

  /** It got a host key; one that is activated already stays so. */
  KmsHost registered(Instant now) {
    return withActivated(Boolean.TRUE.equals(activated), now);
  }

  /** Its host key was activated, or is no longer. */
  KmsHost withActivated(boolean nowActivated, Instant now) {
    return new KmsHost(host, nowActivated, report, reportedAt, later(lastSeenAt, now));
  }

  /** It said something of itself; what arrives late does not replace what is newer. */
  public KmsHost reported(KmsHostReported said, Instant now) {
    Instant at =
        said.collectedAt() == null || said.collectedAt().isAfter(now) ? now : said.collectedAt();
    if (reportedAt != null && at.isBefore(reportedAt)) {
      return seen(now);
    }
    Boolean nowActivated = said.activated() == null ? activated : said.activated();
    return new KmsHost(host, nowActivated, brief(said), at, later(lastSeenAt, now));
  }

  /** Counters and log belong to {@link HostHealth}; this row is read with each activation. */
  private static KmsHostReported brief(KmsHostReported said) {
    return KmsHostReportedBuilder.builder()
        .host(said.host())
        .port(said.port())
        .activated(said.activated())
        .currentCount(said.currentCount())
        .partialKey(said.partialKey())
        .dnsPublishing(said.dnsPublishing())
        .priority(said.priority())
        .activationIntervalMinutes(said.activationIntervalMinutes())
        .renewalIntervalMinutes(said.renewalIntervalMinutes())
        .serviceVersion(said.serviceVersion())
        .build();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
