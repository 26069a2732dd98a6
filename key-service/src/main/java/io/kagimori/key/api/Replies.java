package io.kagimori.key.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.RegistrationRefused;
import io.kagimori.stream.api.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a registration is answered over REST: 202 while undecided, 201 or the refusal afterwards.
 */
@ApplicationScoped
class Replies {
  /** Refusals because of what is there already; the others are because of what was sent. */
  private static final Set<String> CONFLICTS =
      Set.of("KEY_ID_TAKEN", "KEY_KIND_FIXED", "KEY_ALREADY_REGISTERED", "PURCHASED_BELOW_USE");

  private final EntityManager session;

  Replies(EntityManager session) {
    this.session = session;
  }

  Response of(
      UUID requestId,
      String resource,
      Optional<List<Answer>> answers,
      Supplier<Object> registered) {
    Response.ResponseBuilder reply;
    if (answers.isEmpty()) {
      reply = Response.accepted(Map.of("requestId", requestId));
    } else {
      Optional<RegistrationRefused> refused = refusal(answers.get());
      if (refused.isPresent()) {
        return problem(refused.get()).response();
      }
      // Read again: what this request saw before the decision is out of date.
      session.clear();
      reply = Response.status(Response.Status.CREATED).entity(registered.get());
    }
    return reply
        .location(URI.create(resource.replace(" ", "%20")))
        .header("Idempotency-Key", requestId)
        .build();
  }

  private static Optional<RegistrationRefused> refusal(List<Answer> answers) {
    return answers.stream()
        .filter(answer -> answer.type() == EventType.REGISTRATION_REFUSED)
        .map(answer -> EventJson.read(answer.body(), RegistrationRefused.class))
        .findFirst();
  }

  private static Problem problem(RegistrationRefused refused) {
    int status = refused.reason().equals("KEY_UNKNOWN") ? 404 : 422;
    return Problem.of(
        CONFLICTS.contains(refused.reason()) ? 409 : status,
        refused.reason(),
        refused.field(),
        "Refused because of " + refused.field() + ": " + refused.value());
  }
}
