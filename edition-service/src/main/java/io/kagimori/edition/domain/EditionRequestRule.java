package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.event.EditionCampaignControlled;
import io.kagimori.contracts.event.EditionCampaignRequested;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.ImageRegistered;
import io.kagimori.contracts.event.ImageRegistrationRequested;
import io.kagimori.contracts.event.RegistrationRefused;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.ReimageOverrideRecorded;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import io.kagimori.contracts.event.Warning;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides what is asked of the service. A preflight asks the same method on the same state and
 * throws the state away, so it cannot say anything else than the real run would. Pure.
 */
public final class EditionRequestRule {
  private final Products products;
  private final UpgradeRules upgrades;
  private final ReimageRules reimages;
  private final ChangeMachine machine;
  private final Policy policy;

  public EditionRequestRule(Catalogue catalogue, Policy policy) {
    this.products = catalogue.products();
    this.upgrades = new UpgradeRules(catalogue);
    this.reimages = new ReimageRules(catalogue);
    this.machine = new ChangeMachine(catalogue, policy.patience());
    this.policy = policy;
  }

  /** The re-imaging rules as they are worded now. */
  public RuleBook rules() {
    return reimages.book();
  }

  /** Decides on an upgrade. */
  public Step upgrade(EditionBatch batch, UUID id, EditionUpgradeRequested asked, Instant now) {
    Optional<Refusal> campaign = campaign(batch, asked.campaignId());
    UpgradeRuling ruling =
        campaign
            .<UpgradeRuling>map(UpgradeRuling.Refused::new)
            .orElseGet(
                () ->
                    upgrades.decide(
                        asked,
                        batch.device(asked.deviceId()),
                        batch.running(asked.deviceId()).orElse(null),
                        batch.keys(),
                        policy.preflightRequired(),
                        now));
    ChangePlan plan =
        switch (ruling) {
          case UpgradeRuling.Planned planned -> planned.plan();
          case UpgradeRuling.Refused refused -> refusedPlan(asked, refused.refusal());
        };
    DeviceChange.Status status =
        switch (ruling) {
          case UpgradeRuling.Planned planned ->
              new DeviceChange.Status(
                  first(asked.campaignId()),
                  now,
                  null,
                  null,
                  null,
                  null,
                  planned.plan().detail(),
                  planned.plan().warnings());
          case UpgradeRuling.Refused refused ->
              new DeviceChange.Status(
                  EditionState.REFUSED,
                  now,
                  null,
                  null,
                  refused.refusal().reason(),
                  refused.refusal().code(),
                  refused.refusal().detail(),
                  List.of());
        };
    return begin(
        batch,
        new DeviceChange(
            id,
            asked.deviceId(),
            ChangeKind.UPGRADE,
            asked,
            null,
            null,
            plan,
            status,
            Map.of(),
            now,
            status.state() == EditionState.REFUSED ? now : null,
            null,
            false,
            false),
        now);
  }

  /** A refusal that names steps keeps them, as the plan of what works instead. */
  private static ChangePlan refusedPlan(EditionUpgradeRequested asked, Refusal refusal) {
    return refusal.steps().isEmpty()
        ? null
        : new ChangePlan(
            asked.product(),
            asked.fromEdition(),
            asked.toEdition(),
            null,
            null,
            refusal.steps(),
            true,
            Map.of(),
            List.of(),
            new ChangePlan.Activation(null, null, null, null, null, null));
  }

  /** Decides on a re-image. */
  public Step reimage(EditionBatch batch, UUID id, EditionReimageRequested asked, Instant now) {
    Optional<Refusal> campaign = campaign(batch, asked.campaignId());
    ReimageRules.Decision decision =
        campaign.isPresent()
            ? refused(campaign.get())
            : reimages.decide(
                new ReimageCase(
                    asked,
                    batch.device(asked.deviceId()),
                    batch.image(asked.imageId()).orElse(null),
                    batch.agreement(asked.agreementId()).orElse(null),
                    batch.overrides()),
                batch.keys(),
                now);
    boolean may = decision.plan() != null;
    DeviceChange.Status status =
        new DeviceChange.Status(
            may ? first(asked.campaignId()) : EditionState.REFUSED,
            now,
            null,
            null,
            may ? null : decision.ruling().reasons().get(0),
            null,
            decision.ruling().detail(),
            decision.ruling().warnings());
    return begin(
        batch,
        new DeviceChange(
            id,
            asked.deviceId(),
            ChangeKind.REIMAGE,
            null,
            asked,
            decision.ruling(),
            decision.plan(),
            status,
            Map.of(),
            now,
            may ? null : now,
            null,
            false,
            false),
        now);
  }

  private static ReimageRules.Decision refused(Refusal refusal) {
    return new ReimageRules.Decision(
        new ReimageRuling(
            ReimageDecision.NOT_PERMITTED,
            List.of(refusal.reason()),
            List.of(),
            List.of(),
            refusal.detail(),
            null),
        null);
  }

  private static EditionState first(String campaignId) {
    return campaignId == null ? EditionState.PLANNED : EditionState.QUEUED;
  }

  private Step begin(EditionBatch batch, DeviceChange change, Instant now) {
    Step step = machine.begun(change, now);
    batch.put(step.change());
    return step;
  }

  private static Optional<Refusal> campaign(EditionBatch batch, String campaignId) {
    if (campaignId == null) {
      return Optional.empty();
    }
    Optional<Campaign> campaign = batch.campaign(campaignId);
    if (campaign.isEmpty()) {
      return Optional.of(
          Refusal.of(Reasons.CAMPAIGN_UNKNOWN, Details.of("campaignId", campaignId)));
    }
    return campaign.get().ended()
        ? Optional.of(
            Refusal.of(
                Reasons.CAMPAIGN_ENDED,
                new Details()
                    .with("campaignId", campaignId)
                    .with("state", campaign.get().state().name())
                    .map()))
        : Optional.empty();
  }

  /** Registers an image, or changes what is known of it; decisions taken before stay. */
  public Event register(
      EditionBatch batch, UUID id, ImageRegistrationRequested asked, Instant now) {
    if (products.find(asked.product()).isEmpty()) {
      return refused(id, asked.imageId(), Reasons.UNKNOWN_PRODUCT, "product", asked.product(), now);
    }
    if (!products.isKnownEdition(asked.product(), asked.edition())) {
      return refused(id, asked.imageId(), Reasons.UNKNOWN_EDITION, "edition", asked.edition(), now);
    }
    long version = batch.image(asked.imageId()).map(Image::version).orElse(0L) + 1;
    Image image = new Image(asked, version);
    batch.put(image);
    List<Warning> warnings =
        image.isSourceUnknown()
            ? List.of(new Warning(Reasons.SOURCE_UNKNOWN, Details.of("source", asked.source())))
            : null;
    return new ImageRegistered(id.toString(), asked.imageId(), version, warnings, asked, now);
  }

  /** Records an override: it needs a document, a second approver, a scope and an end. */
  public Event override(EditionBatch batch, UUID id, ReimageOverrideRequested asked, Instant now) {
    String reason = null;
    String field = null;
    if (isBlank(asked.document())) {
      reason = Reasons.OVERRIDE_NEEDS_DOCUMENT;
      field = "document";
    } else if (isBlank(asked.requestedBy())
        || isBlank(asked.approvedBy())
        || person(asked.approvedBy()).equals(person(asked.requestedBy()))) {
      reason = Reasons.SECOND_APPROVER_REQUIRED;
      field = "approvedBy";
    } else if (isBlank(asked.deviceId()) && isBlank(asked.imageId())) {
      reason = Reasons.OVERRIDE_NEEDS_SCOPE;
      field = "deviceId";
    } else if (asked.validUntil() == null || !asked.validUntil().isAfter(now)) {
      reason = Reasons.OVERRIDE_EXPIRED;
      field = "validUntil";
    }
    if (reason != null) {
      return refused(id, asked.overrideId(), reason, field, null, now);
    }
    batch.put(asked);
    return new ReimageOverrideRecorded(id.toString(), asked.overrideId(), asked, now);
  }

  /** Begins a campaign, or changes its plan while it has not ended. */
  public Event campaign(EditionBatch batch, UUID id, EditionCampaignRequested asked, Instant now) {
    Optional<Campaign> known = batch.campaign(asked.campaignId());
    if (known.filter(Campaign::ended).isPresent()) {
      return refused(
          id,
          asked.campaignId(),
          Reasons.CAMPAIGN_ENDED,
          "campaignId",
          known.get().state().name(),
          now);
    }
    Campaign campaign =
        known
            .map(
                before ->
                    new Campaign(
                        asked,
                        before.state(),
                        before.wave(),
                        before.reason(),
                        before.acceptedFailures(),
                        before.createdAt()))
            .orElseGet(() -> Campaign.begun(asked, now));
    batch.put(campaign);
    return campaign.said(id, Map.of(), now);
  }

  /** Pauses, resumes or cancels a campaign. */
  public Event control(EditionBatch batch, UUID id, EditionCampaignControlled asked, Instant now) {
    Optional<Campaign> known = batch.campaign(asked.campaignId());
    if (known.isEmpty() || known.get().ended()) {
      String reason = known.isEmpty() ? Reasons.CAMPAIGN_UNKNOWN : Reasons.CAMPAIGN_ENDED;
      return refused(id, asked.campaignId(), reason, "campaignId", asked.campaignId(), now);
    }
    CampaignRule.Move move =
        CampaignRule.controlled(known.get(), asked, batch.count(asked.campaignId()), id, now);
    batch.put(move.campaign());
    return move.said().orElseThrow();
  }

  /** A name without what a Japanese keyboard makes of it: full width, spaces, upper case. */
  private static String person(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("\\s+", "")
        .toLowerCase(Locale.ROOT);
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private static RegistrationRefused refused(
      UUID id, String name, String reason, String field, String value, Instant now) {
    return new RegistrationRefused(id.toString(), name, reason, field, value, now);
  }
}
