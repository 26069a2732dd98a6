package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * Somebody plans a campaign: upgrades and re-images that name it begin wave by wave.
 *
 * @param campaignId its name
 * @param title what it is for
 * @param opensAt first moment at which a wave is released; absent: at once
 * @param closesAt last moment; what was not released by then is given up
 * @param windowFromMinute first minute of the UTC day at which anything is released
 * @param windowToMinute first minute of the UTC day at which nothing is any more; the window may
 *     span midnight
 * @param pauseFailurePercent pauses when more than this share of what ended has failed
 * @param pauseFailuresMin failures below this number never pause it
 * @param rebootInWindow whether devices restart by themselves inside the window
 */
@RecordBuilder
public record EditionCampaignRequested(
    String campaignId,
    String title,
    Instant opensAt,
    Instant closesAt,
    Integer windowFromMinute,
    Integer windowToMinute,
    Integer pauseFailurePercent,
    Integer pauseFailuresMin,
    Boolean rebootInWindow)
    implements Event {

  /** Minutes of a day. */
  public static final int DAY_MINUTES = 1440;

  @Override
  public String recordKey() {
    return campaignId;
  }

  @Override
  public String recordKeyField() {
    return "campaignId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("campaignId", campaignId, 128)
        .when(outside(windowFromMinute, DAY_MINUTES), "windowFromMinute")
        .when(outside(windowToMinute, DAY_MINUTES), "windowToMinute")
        // Half a window says nothing and is named; an empty one would never open.
        .when(windowFromMinute == null && windowToMinute != null, "windowToMinute")
        .when(windowFromMinute != null && windowFromMinute.equals(windowToMinute), "windowToMinute")
        .when(windowFromMinute != null && windowToMinute == null, "windowFromMinute")
        .when(opensAt != null && closesAt != null && !closesAt.isAfter(opensAt), "closesAt")
        .when(outside(pauseFailurePercent, 100), "pauseFailurePercent")
        .when(pauseFailuresMin != null && pauseFailuresMin < 0, "pauseFailuresMin");
  }

  private static boolean outside(Integer value, int max) {
    return value != null && (value < 0 || value > max);
  }
}
