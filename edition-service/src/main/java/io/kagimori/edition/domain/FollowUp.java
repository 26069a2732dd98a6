package io.kagimori.edition.domain;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.Initiator;
import java.util.UUID;

/**
 * The activation that follows a change, so that nobody has to remember it.
 *
 * @param requestId derived from the change, so that asking again asks the same
 * @param event the request
 */
record FollowUp(UUID requestId, ActivationRequested event) {
  static final String SERVICE = "edition-service";

  static UUID id(UUID change) {
    return EventIds.answer(change, SERVICE, "ACTIVATION");
  }

  /** Whether the device activates itself: the maker's own medium brings the maker's own key. */
  static boolean isNeedless(DeviceChange change) {
    ChangePlan.Activation after = change.plan().activation();
    return after.imageKind() == ImageKind.OEM && after.keyId() == null;
  }

  static FollowUp of(DeviceChange change, EditionStageReported said) {
    ChangePlan.Activation after = change.plan().activation();
    String installationId =
        said == null || said.installationId() == null
            ? after.installationId()
            : said.installationId();
    return new FollowUp(
        id(change.id()),
        ActivationRequestedBuilder.builder()
            .deviceId(change.deviceId())
            .product(change.plan().product())
            .edition(change.plan().toEdition())
            .channel(after.kms() == null ? Channel.MAK : Channel.KMS)
            .keyId(after.kms() == null ? after.keyId() : null)
            .site(after.site())
            .installationId(installationId)
            .kms(after.kms())
            .initiator(Initiator.EDITION)
            .imageKind(after.imageKind())
            .build());
  }
}
