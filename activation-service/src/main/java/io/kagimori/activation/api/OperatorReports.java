package io.kagimori.activation.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Probe;
import io.kagimori.stream.api.RequestDesk;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What an operator says of a device becomes a report like any other: there is no second way in. */
@ApplicationScoped
class OperatorReports {
  private final RequestDesk desk;
  private final EntityManager session;

  OperatorReports(RequestDesk desk, EntityManager session) {
    this.desk = desk;
    this.session = session;
  }

  /**
   * Publishes a report and answers 202, or 201 with the device when its effect was waited for.
   *
   * @param probe what was tried; null when nothing was
   * @param ship the mark for shipping; null leaves it
   * @param shown reads the device
   */
  Response submit(
      UUID requestId,
      String prefer,
      String deviceId,
      Probe probe,
      Boolean ship,
      Function<String, Object> shown) {
    desk.submit(requestId, EventType.DEVICE_REPORTED, report(requestId, deviceId, probe, ship));
    Optional<List<Answer>> done = desk.await(requestId, desk.preferredWait(prefer));
    // Read again: what this request saw before the report is out of date.
    session.clear();
    Response.ResponseBuilder reply =
        done.isEmpty()
            ? Response.accepted(Map.of("requestId", requestId))
            : Response.status(Response.Status.CREATED).entity(shown.apply(deviceId));
    return reply
        .location(URI.create("devices/" + encoded(deviceId)))
        .header("Idempotency-Key", requestId)
        .build();
  }

  private static DeviceReported report(UUID requestId, String deviceId, Probe probe, Boolean ship) {
    Instant at = time(requestId).orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.MILLIS));
    return DeviceReported.byOperator(deviceId, at, probe == null ? null : List.of(probe), ship);
  }

  /**
   * The time that an id of version 7 begins with. With it the same request gives the same report;
   * under another id a repetition differs by its time and is set aside, which changes nothing
   * either.
   */
  private static Optional<Instant> time(UUID id) {
    return id.version() == 7
        ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
        : Optional.empty();
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
