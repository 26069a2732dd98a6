package io.kagimori.edition.stream;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EditionCampaignChanged;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.ImageRegistered;
import io.kagimori.contracts.event.RegistrationRefused;
import io.kagimori.contracts.event.ReimageDecided;
import io.kagimori.contracts.event.ReimageOverrideRecorded;
import io.kagimori.edition.domain.RequestIds;
import io.kagimori.edition.domain.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What this service publishes, each under an id that derives from what caused it. */
final class Results {
  static final String SERVICE = "edition-service";

  private Results() {}

  /** Everything that several steps lead to, in order. */
  static List<Answer> of(Request cause, List<Step> steps) {
    List<Answer> answers = new ArrayList<>();
    for (Step step : steps) {
      for (Event event : step.said()) {
        UUID activation = step.change() == null ? null : step.change().activationId();
        answers.add(answer(cause, event, activation, answers.size()));
      }
    }
    return answers;
  }

  /** An event that stands alone. */
  static Answer of(Request cause, Event event) {
    return answer(cause, event, null, 0);
  }

  private static Answer answer(Request cause, Event event, UUID activation, int place) {
    return switch (event) {
      case EditionResult said -> {
        UUID change = RequestIds.of(said.requestId());
        boolean first = change.equals(cause.id());
        String occasion = said.verdict() + "/" + said.state();
        yield answer(
            cause,
            EventType.of(said.verdict()),
            EventIds.answer(
                change, SERVICE, first ? occasion : cause.id() + "/" + place + "/" + occasion),
            said);
      }
      case ActivationRequested said ->
          answer(cause, EventType.ACTIVATION_REQUESTED, activation, said);
      case DeviceReported said ->
          answer(cause, EventType.DEVICE_REPORTED, named(cause, "device.reported"), said);
      case ReimageDecided said ->
          answer(cause, EventType.REIMAGE_DECIDED, named(cause, said.decision().name()), said);
      case ImageRegistered said ->
          answer(cause, EventType.IMAGE_REGISTERED, named(cause, "REGISTERED"), said);
      case ReimageOverrideRecorded said ->
          answer(cause, EventType.REIMAGE_OVERRIDE_RECORDED, named(cause, "RECORDED"), said);
      case RegistrationRefused said ->
          answer(cause, EventType.EDITION_REGISTRATION_REFUSED, named(cause, "REFUSED"), said);
      case EditionCampaignChanged said ->
          answer(
              cause,
              EventType.EDITION_CAMPAIGN_CHANGED,
              named(cause, said.campaignId() + "/" + said.state() + "/" + said.wave()),
              said);
      default -> throw new IllegalArgumentException("not published here: " + event.getClass());
    };
  }

  private static UUID named(Request cause, String occasion) {
    return EventIds.answer(cause.id(), SERVICE, occasion);
  }

  private static Answer answer(Request cause, EventType type, UUID id, Event event) {
    return Answer.of(type, id, SERVICE, cause.now(), event);
  }
}
