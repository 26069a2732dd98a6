package io.kagimori.edition.domain;

import io.kagimori.contracts.event.CampaignState;
import io.kagimori.contracts.event.EditionCampaignChanged;
import io.kagimori.contracts.event.EditionCampaignControlled;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a campaign goes on when a tick or an operator looks at it. Pure. */
public final class CampaignRule {
  /** Failures in a hundred ends beyond which a campaign pauses, where it does not say. */
  private static final int FAILURE_PERCENT = 20;

  /** Failures that never pause a campaign, where it does not say. */
  private static final int FAILURES_MIN = 5;

  private CampaignRule() {}

  /**
   * What a look at a campaign leads to.
   *
   * @param campaign the campaign afterwards
   * @param said what to publish; absent where nothing changed
   * @param release the wave of which waiting changes begin; absent: none
   * @param giveUp why waiting changes are given up; absent: they are not
   */
  public record Move(
      Campaign campaign,
      Optional<EditionCampaignChanged> said,
      Optional<Integer> release,
      Optional<String> giveUp) {
    static Move none(Campaign campaign) {
      return new Move(campaign, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** A tick. */
  public static Move ticked(Campaign campaign, CampaignCount count, UUID cause, Instant now) {
    if (campaign.state() == CampaignState.CANCELLED) {
      return new Move(
          campaign, Optional.empty(), Optional.empty(), Optional.of(Reasons.CAMPAIGN_CANCELLED));
    }
    if (campaign.state() == CampaignState.CLOSED || now.isAfter(campaign.closesAt())) {
      return closed(campaign, cause, now);
    }
    if (campaign.state() == CampaignState.PAUSED) {
      return Move.none(campaign);
    }
    if (isAbnormal(campaign, count)) {
      Campaign paused =
          campaign.at(CampaignState.PAUSED, campaign.wave(), Reasons.FAILURE_RATE_ABNORMAL);
      Map<String, Object> figures =
          new Details().with("failed", count.failures()).with("completed", count.successes()).map();
      return new Move(
          paused,
          Optional.of(paused.said(cause, figures, now)),
          Optional.empty(),
          Optional.empty());
    }
    return campaign.isOpen(now) ? wave(campaign, count, cause, now) : Move.none(campaign);
  }

  private static Move closed(Campaign campaign, UUID cause, Instant now) {
    Optional<String> giveUp = Optional.of(Reasons.CAMPAIGN_CLOSED);
    if (campaign.state() == CampaignState.CLOSED) {
      return new Move(campaign, Optional.empty(), Optional.empty(), giveUp);
    }
    Campaign closed = campaign.at(CampaignState.CLOSED, campaign.wave(), null);
    return new Move(
        closed, Optional.of(closed.said(cause, Map.of(), now)), Optional.empty(), giveUp);
  }

  private static Move wave(Campaign campaign, CampaignCount count, UUID cause, Instant now) {
    Optional<Integer> next = count.nextWave().filter(count::isEndedBefore);
    if (next.isEmpty()) {
      return Move.none(campaign);
    }
    if (next.get() <= campaign.wave()) {
      return new Move(campaign, Optional.empty(), next, Optional.empty());
    }
    Campaign after = campaign.at(CampaignState.RUNNING, next.get(), null);
    return new Move(after, Optional.of(after.said(cause, Map.of(), now)), next, Optional.empty());
  }

  private static boolean isAbnormal(Campaign campaign, CampaignCount count) {
    long failed = count.failures() - campaign.acceptedFailures();
    Integer min = campaign.asked().pauseFailuresMin();
    Integer percent = campaign.asked().pauseFailurePercent();
    long ended = failed + count.successes();
    return failed >= Math.max(1, min == null ? FAILURES_MIN : min)
        && failed * 100 > ended * (percent == null ? FAILURE_PERCENT : percent);
  }

  /** An operator. */
  public static Move controlled(
      Campaign campaign,
      EditionCampaignControlled said,
      CampaignCount count,
      UUID cause,
      Instant now) {
    Campaign after =
        switch (said.action()) {
          case PAUSE -> campaign.at(CampaignState.PAUSED, campaign.wave(), null);
          // The failures so far were seen; only new ones pause it again.
          case RESUME -> campaign.resumed(count.failures());
          case CANCEL -> campaign.at(CampaignState.CANCELLED, campaign.wave(), null);
        };
    Map<String, Object> detail = new Details().with("comment", said.comment()).map();
    return new Move(
        after, Optional.of(after.said(cause, detail, now)), Optional.empty(), Optional.empty());
  }
}
