package io.kagimori.edition.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.RegistrationRefused;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a write is answered over REST: 202 while undecided, its outcome afterwards. */
@ApplicationScoped
class Replies {
  /** Refusals because of what goes on already; the others are because of what was asked. */
  private static final Set<String> CONFLICTS =
      Set.of("CHANGE_RUNNING", "ALREADY_ON_EDITION", "CAMPAIGN_ENDED");

  private final RequestDesk desk;

  Replies(RequestDesk desk) {
    this.desk = desk;
  }

  /**
   * Publishes a request and answers it.
   *
   * @param path where its outcome is found; null: below {@code collection} by the request's id
   */
  Response submit(
      EventType type,
      Event event,
      String collection,
      String path,
      String idempotencyKey,
      String prefer) {
    if (event == null) {
      throw Problem.of(400, "INVALID_JSON", null, "A body is needed.").exception();
    }
    UUID id = desk.requestId(idempotencyKey);
    desk.submit(id, type, event);
    Optional<List<Answer>> answers = desk.await(id, desk.preferredWait(prefer));
    String name = path == null ? id.toString() : path;
    Response.ResponseBuilder reply =
        answers
            .filter(list -> !list.isEmpty())
            .map(list -> decided(list.get(0)))
            .orElseGet(() -> Response.accepted(Map.of("requestId", id)));
    return reply
        .location(URI.create("/" + collection + "/" + encoded(name)))
        .header("Idempotency-Key", id)
        .build();
  }

  private static Response.ResponseBuilder decided(Answer answer) {
    if (answer.type() == EventType.EDITION_REFUSED) {
      EditionResult refused = EventJson.read(answer.body(), EditionResult.class);
      return problem(refused.reason(), null, "The upgrade is refused.", refused);
    }
    if (answer.type() == EventType.EDITION_REGISTRATION_REFUSED) {
      RegistrationRefused refused = EventJson.read(answer.body(), RegistrationRefused.class);
      return problem(
          refused.reason(), refused.field(), "Refused because of " + refused.field() + ".", null);
    }
    return Response.status(Response.Status.CREATED)
        .entity(EventJson.read(answer.body(), answer.type().data()));
  }

  /** A problem that carries the whole refusal, the plan that works instead included. */
  private static Response.ResponseBuilder problem(
      String reason, String field, String sentence, EditionResult result) {
    int status = CONFLICTS.contains(reason) ? 409 : reason.equals("CAMPAIGN_UNKNOWN") ? 404 : 422;
    Problem problem = Problem.of(status, reason, field, sentence);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", problem.type());
    body.put("title", problem.title());
    body.put("status", status);
    body.put("detail", sentence);
    body.put("code", reason);
    if (field != null) {
      body.put("field", field);
    }
    if (result != null) {
      body.put("result", result);
    }
    return Response.status(status).type(MediaType.valueOf(Problem.MEDIA_TYPE)).entity(body);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
