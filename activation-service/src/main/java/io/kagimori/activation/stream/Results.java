package io.kagimori.activation.stream;

import io.kagimori.activation.domain.RequestIds;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.EventType;
import java.util.UUID;

/** Answers on {@code activation.results}. */
final class Results {
  static final String SERVICE = "activation-service";

  private Results() {}

  /** The first answer to an activation request; its id derives from the request alone. */
  static Answer toRequest(Request cause, ActivationResult result) {
    UUID id = EventIds.answer(RequestIds.of(result.requestId()), SERVICE, result.verdict().name());
    return answer(id, cause, result);
  }

  /** A later answer; its id derives from the request and the event that caused it. */
  static Answer afterwards(Request cause, ActivationResult result) {
    String occasion = cause.id() + "/" + result.verdict();
    UUID id = EventIds.answer(RequestIds.of(result.requestId()), SERVICE, occasion);
    return answer(id, cause, result);
  }

  private static Answer answer(UUID id, Request cause, ActivationResult result) {
    return Answer.of(EventType.of(result.verdict()), id, SERVICE, cause.now(), result);
  }
}
