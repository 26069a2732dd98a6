package io.kagimori.edition.domain;

import io.kagimori.contracts.event.CampaignState;
import io.kagimori.contracts.event.EditionCampaignChanged;
import io.kagimori.contracts.event.EditionCampaignRequested;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/**
 * A set of changes that begin wave by wave.
 *
 * @param asked how it was planned
 * @param state where it stands
 * @param wave the wave it has come to; 0 before the first
 * @param reason why it did not go on by itself; null otherwise
 * @param acceptedFailures failures an operator has seen and resumed after
 * @param createdAt record time of the request
 */
public record Campaign(
    EditionCampaignRequested asked,
    CampaignState state,
    int wave,
    String reason,
    long acceptedFailures,
    Instant createdAt) {
  /** How long a campaign lasts that names no end. */
  private static final Duration LENGTH = Duration.ofDays(90);

  public static Campaign begun(EditionCampaignRequested asked, Instant now) {
    return new Campaign(asked, CampaignState.RUNNING, 0, null, 0, now);
  }

  public String campaignId() {
    return asked.campaignId();
  }

  /** Whether it takes no more changes and releases none. */
  public boolean ended() {
    return state == CampaignState.CANCELLED || state == CampaignState.CLOSED;
  }

  Instant closesAt() {
    return asked.closesAt() == null ? createdAt.plus(LENGTH) : asked.closesAt();
  }

  boolean isOpen(Instant now) {
    return (asked.opensAt() == null || !now.isBefore(asked.opensAt())) && inWindow(now);
  }

  /** Whether now is inside the daily window; a window may span midnight. */
  boolean inWindow(Instant now) {
    if (asked.windowFromMinute() == null || asked.windowToMinute() == null) {
      return true;
    }
    int minute = now.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 60;
    int from = asked.windowFromMinute();
    int to = asked.windowToMinute();
    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  }

  /** When the daily window opens next; now where it is open. */
  Instant nextWindow(Instant now) {
    if (inWindow(now)) {
      return now;
    }
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
    Instant opens = midnight.plus(Duration.ofMinutes(asked.windowFromMinute()));
    return opens.isAfter(now) ? opens : opens.plus(Duration.ofDays(1));
  }

  /** Whether devices that put their restart off are restarted by policy. */
  boolean restartsDevices() {
    return Boolean.TRUE.equals(asked.rebootInWindow()) && !ended();
  }

  /** Whether a device that put its restart off is restarted now. */
  public boolean ordersRestart(Instant now) {
    return restartsDevices() && inWindow(now);
  }

  Campaign at(CampaignState nextState, int nextWave, String nextReason) {
    return new Campaign(asked, nextState, nextWave, nextReason, acceptedFailures, createdAt);
  }

  Campaign resumed(long failures) {
    return new Campaign(asked, CampaignState.RUNNING, wave, null, failures, createdAt);
  }

  EditionCampaignChanged said(UUID cause, Map<String, Object> detail, Instant now) {
    return new EditionCampaignChanged(
        campaignId(),
        state,
        wave,
        reason,
        detail.isEmpty() ? null : detail,
        cause.toString(),
        asked,
        now);
  }
}
