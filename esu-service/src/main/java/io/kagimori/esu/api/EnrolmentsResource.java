package io.kagimori.esu.api;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.Enrolment;
import io.kagimori.esu.domain.EnrolmentState;
import io.kagimori.esu.domain.Reasons;
import io.kagimori.esu.store.Enrolments;
import io.kagimori.stream.api.Choices;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Enrolments in ESU programs. */
@Path("/enrolments")
public class EnrolmentsResource {
  /** Refusals because of what is there already; the others are because of what was sent. */
  private static final Set<String> CONFLICTS =
      Set.of(Reasons.ALREADY_ENTITLED, Reasons.ALREADY_REQUESTED);

  private static final Duration POLL = Duration.ofMillis(20);

  private final RequestDesk desk;
  private final Enrolments enrolments;

  EnrolmentsResource(RequestDesk desk, Enrolments enrolments) {
    this.desk = desk;
    this.enrolments = enrolments;
  }

  /** Requests an enrolment. */
  @POST
  public Response request(
      @NotNull EsuEnrolmentRequested asked,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    UUID id = desk.requestId(idempotencyKey);
    desk.submit(id, EventType.ESU_ENROLMENT_REQUESTED, asked);
    return reply(id, answered(id, desk.preferredWait(prefer)));
  }

  /** The enrolment once it is decided; a seat that is being asked for is no decision yet. */
  private Optional<Enrolment> answered(UUID id, Duration wait) {
    if (wait.isZero()) {
      return Optional.empty();
    }
    RetryPolicy<Optional<Enrolment>> untilDecided =
        RetryPolicy.<Optional<Enrolment>>builder()
            .handleResult(Optional.empty())
            .withDelay(POLL)
            .withMaxRetries(-1)
            .withMaxDuration(wait)
            .build();
    return Failsafe.with(untilDecided)
        .get(() -> enrolments.named(id).filter(e -> e.state() != EnrolmentState.REQUESTED));
  }

  private static Response reply(UUID id, Optional<Enrolment> decided) {
    if (decided.isPresent() && isRefused(decided.get().state())) {
      String reason = decided.get().result().reason();
      int status = CONFLICTS.contains(reason) ? 409 : 422;
      // The warnings and steps of a refusal stand with the enrolment, where the location leads.
      return placed(
          Response.fromResponse(
              Problem.of(
                      status,
                      reason == null ? decided.get().state().name() : reason,
                      null,
                      told(decided.get().result()))
                  .response()),
          id);
    }
    return placed(
        decided.isEmpty()
            ? Response.accepted(Map.of("requestId", id))
            : Response.status(Response.Status.CREATED).entity(EnrolmentView.of(decided.get())),
        id);
  }

  private static String told(EsuResult refused) {
    return refused.evidence() == null
        ? "Not enrolled."
        : "Not enrolled: "
            + new String(EventJson.bytes(refused.evidence()), StandardCharsets.UTF_8);
  }

  private static Response placed(Response.ResponseBuilder reply, UUID id) {
    return reply.location(URI.create("/enrolments/" + id)).header("Idempotency-Key", id).build();
  }

  private static boolean isRefused(EnrolmentState state) {
    return state == EnrolmentState.REFUSED
        || state == EnrolmentState.FAILED
        || state == EnrolmentState.EXPIRED;
  }

  /** Enrolments in the order of their request ids. */
  @GET
  public Page<EnrolmentView> list(
      @QueryParam("deviceId") String deviceId,
      @QueryParam("state") String state,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") String after) {
    UUID from = after == null ? new UUID(0, 0) : id(after, "after");
    List<EnrolmentView> rows =
        enrolments
            .after(
                from,
                Optional.ofNullable(deviceId),
                Choices.of(EnrolmentState.class, state, "state"),
                limit + 1)
            .stream()
            .map(EnrolmentView::of)
            .toList();
    return Page.of(rows, limit, EnrolmentView::requestId);
  }

  /** One enrolment. */
  @GET
  @Path("/{requestId}")
  public EnrolmentView show(String requestId) {
    return enrolments
        .named(id(requestId, "requestId"))
        .map(EnrolmentView::of)
        .orElseThrow(
            () ->
                Problem.of(404, "UNKNOWN_REQUEST", "requestId", "No enrolment of that id is known.")
                    .exception());
  }

  private static UUID id(String text, String field) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      // An id that is none names nothing that exists.
      return EventIds.named(field + "/" + text);
    }
  }
}
