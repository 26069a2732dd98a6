package io.kagimori.contracts.event;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.kagimori.contracts.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The event types, each with its CloudEvents name, its topic and the record that holds its data.
 */
public enum EventType {
  ACTIVATION_REQUESTED(
      "activation.requested", Topics.ACTIVATION_REQUESTS, ActivationRequested.class),
  KEY_ACCEPTED("key.accepted", Topics.KEY_VERDICTS, KeyVerdict.class),
  KEY_REFUSED("key.refused", Topics.KEY_VERDICTS, KeyVerdict.class),
  ACTIVATION_GRANTED("activation.granted", Topics.ACTIVATION_RESULTS, ActivationResult.class),
  ACTIVATION_REFUSED("activation.refused", Topics.ACTIVATION_RESULTS, ActivationResult.class),
  ACTIVATION_CONFIRMED("activation.confirmed", Topics.ACTIVATION_RESULTS, ActivationResult.class),
  ACTIVATION_FAILED("activation.failed", Topics.ACTIVATION_RESULTS, ActivationResult.class),
  ACTIVATION_EXPIRED("activation.expired", Topics.ACTIVATION_RESULTS, ActivationResult.class),
  ACTIVATION_ATTEMPTED(
      "activation.attempted", Topics.ACTIVATION_OUTCOMES, ActivationAttempted.class),
  DEVICE_REPORTED("device.reported", Topics.DEVICE_REPORTS, DeviceReported.class),
  KMS_HOST_REPORTED("kms.host.reported", Topics.KMS_EVENTS, KmsHostReported.class),
  KMS_REQUEST_LOGGED("kms.request.logged", Topics.KMS_EVENTS, KmsRequestLogged.class),
  KEY_REGISTRATION_REQUESTED(
      "key.registration.requested", Topics.KEY_REQUESTS, KeyRegistrationRequested.class),
  KEY_BLOCK_REQUESTED("key.block.requested", Topics.KEY_REQUESTS, KeyBlockRequested.class),
  AGREEMENT_REGISTRATION_REQUESTED(
      "agreement.registration.requested",
      Topics.KEY_REQUESTS,
      AgreementRegistrationRequested.class),
  REGISTRATION_REFUSED("registration.refused", Topics.KEY_REQUESTS, RegistrationRefused.class),
  KEY_STATE("key.state", Topics.KEY_FACTS, KeyState.class),
  AGREEMENT_STATE("agreement.state", Topics.AGREEMENT_FACTS, AgreementState.class),
  ESU_ENROLMENT_REQUESTED(
      "esu.enrolment.requested", Topics.ESU_REQUESTS, EsuEnrolmentRequested.class),
  ESU_UPDATE_REPORTED("esu.update.reported", Topics.ESU_REQUESTS, EsuUpdateReported.class),
  ESU_COVERAGE_IMPORTED("esu.coverage.imported", Topics.ESU_REQUESTS, EsuCoverageImported.class),
  ESU_ACCEPTED("esu.accepted", Topics.ESU_RESULTS, EsuResult.class),
  ESU_ENTITLED("esu.entitled", Topics.ESU_RESULTS, EsuResult.class),
  ESU_REFUSED("esu.refused", Topics.ESU_RESULTS, EsuResult.class),
  ESU_LAPSED("esu.lapsed", Topics.ESU_RESULTS, EsuResult.class),
  ESU_UPDATE_DIAGNOSED("esu.update.diagnosed", Topics.ESU_RESULTS, EsuResult.class),
  ESU_YEAR_TURNING("esu.year.turning", Topics.ESU_RESULTS, EsuYearTurning.class),
  EDITION_UPGRADE_REQUESTED(
      "edition.upgrade.requested", Topics.EDITION_REQUESTS, EditionUpgradeRequested.class),
  EDITION_REIMAGE_REQUESTED(
      "edition.reimage.requested", Topics.EDITION_REQUESTS, EditionReimageRequested.class),
  IMAGE_REGISTRATION_REQUESTED(
      "image.registration.requested", Topics.EDITION_REQUESTS, ImageRegistrationRequested.class),
  REIMAGE_OVERRIDE_REQUESTED(
      "reimage.override.requested", Topics.EDITION_REQUESTS, ReimageOverrideRequested.class),
  EDITION_CAMPAIGN_REQUESTED(
      "edition.campaign.requested", Topics.EDITION_REQUESTS, EditionCampaignRequested.class),
  EDITION_CAMPAIGN_CONTROLLED(
      "edition.campaign.controlled", Topics.EDITION_REQUESTS, EditionCampaignControlled.class),
  EDITION_STAGE_REPORTED(
      "edition.stage.reported", Topics.EDITION_OUTCOMES, EditionStageReported.class),
  EDITION_PLANNED("edition.planned", Topics.EDITION_RESULTS, EditionResult.class),
  EDITION_REFUSED("edition.refused", Topics.EDITION_RESULTS, EditionResult.class),
  EDITION_PROGRESSED("edition.progressed", Topics.EDITION_RESULTS, EditionResult.class),
  EDITION_COMPLETED("edition.completed", Topics.EDITION_RESULTS, EditionResult.class),
  EDITION_FAILED("edition.failed", Topics.EDITION_RESULTS, EditionResult.class),
  REIMAGE_DECIDED("reimage.decided", Topics.EDITION_RESULTS, ReimageDecided.class),
  IMAGE_REGISTERED("image.registered", Topics.EDITION_RESULTS, ImageRegistered.class),
  REIMAGE_OVERRIDE_RECORDED(
      "reimage.override.recorded", Topics.EDITION_RESULTS, ReimageOverrideRecorded.class),
  EDITION_CAMPAIGN_CHANGED(
      "edition.campaign.changed", Topics.EDITION_RESULTS, EditionCampaignChanged.class),
  EDITION_REGISTRATION_REFUSED(
      "edition.registration.refused", Topics.EDITION_RESULTS, RegistrationRefused.class),
  /** Travels on the tick topic of each service, so it has no topic of its own here. */
  CLOCK_TICKED("clock.ticked", "", ClockTicked.class);

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(toUnmodifiableMap(EventType::typeName, Function.identity()));

  private final String typeName;
  private final String topic;
  private final Class<? extends Event> data;

  EventType(String name, String topic, Class<? extends Event> data) {
    this.typeName = "io.kagimori." + name + ".v1";
    this.topic = topic;
    this.data = data;
  }

  /** The CloudEvents {@code type}, such as {@code io.kagimori.activation.requested.v1}. */
  public String typeName() {
    return typeName;
  }

  /** The topic it travels on; empty for ticks. */
  public String topic() {
    return topic;
  }

  /** The record that holds its data. */
  public Class<? extends Event> data() {
    return data;
  }

  /** The type of that CloudEvents name; empty for another name, or none (null). */
  public static Optional<EventType> named(String typeName) {
    return Optional.ofNullable(typeName).map(BY_NAME::get);
  }

  /** The result type of a verdict. */
  public static EventType of(Verdict verdict) {
    return switch (verdict) {
      case GRANTED -> ACTIVATION_GRANTED;
      case REFUSED -> ACTIVATION_REFUSED;
      case CONFIRMED -> ACTIVATION_CONFIRMED;
      case FAILED -> ACTIVATION_FAILED;
      case EXPIRED -> ACTIVATION_EXPIRED;
    };
  }

  /** The ESU result type of a verdict. */
  public static EventType of(EsuVerdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> ESU_ACCEPTED;
      case ENTITLED -> ESU_ENTITLED;
      case REFUSED -> ESU_REFUSED;
      case LAPSED -> ESU_LAPSED;
      case DIAGNOSED -> ESU_UPDATE_DIAGNOSED;
    };
  }

  /** The result type of an edition verdict. */
  public static EventType of(EditionVerdict verdict) {
    return switch (verdict) {
      case PLANNED -> EDITION_PLANNED;
      case REFUSED -> EDITION_REFUSED;
      case PROGRESSED -> EDITION_PROGRESSED;
      case COMPLETED -> EDITION_COMPLETED;
      case FAILED -> EDITION_FAILED;
    };
  }
}
