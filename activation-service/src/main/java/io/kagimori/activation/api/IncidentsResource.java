package io.kagimori.activation.api;

import io.kagimori.activation.domain.FailureSignal.Factor;
import io.kagimori.activation.domain.Incident;
import io.kagimori.activation.domain.IncidentMember;
import io.kagimori.activation.store.IncidentEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Cause;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.stream.api.Choices;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Devices that fail alike, as one thing to look at. */
@Path("/incidents")
public class IncidentsResource {

  /**
   * An incident.
   *
   * @param incidentId its id; ids sort by time
   * @param state {@code OPEN}, {@code RECOVERED} (every device works again) or {@code CLOSED} (no
   *     device has failed so for a while)
   * @param reason stable code of the failures
   * @param code what Windows printed
   * @param cause the most likely cause of the first failure
   * @param titleEn the cause in English
   * @param titleJa the cause in Japanese
   * @param devices how many devices belong to it
   * @param recovered how many of them work again
   * @param shared what its devices share, the widest first
   * @param firstAt its first failure
   * @param openedAt when it became an incident
   * @param lastAt its newest failure
   * @param closedAt when it ended; absent while it is open
   * @param members a page of its devices; absent in lists
   */
  public record IncidentView(
      String incidentId,
      Incident.State state,
      String reason,
      String code,
      String cause,
      String titleEn,
      String titleJa,
      long devices,
      long recovered,
      List<Incident.Shared> shared,
      Instant firstAt,
      Instant openedAt,
      Instant lastAt,
      Instant closedAt,
      Page<MemberView> members) {

    static IncidentView of(Incident incident, Page<MemberView> members) {
      Optional<Cause> cause =
          Optional.ofNullable(incident.cause()).flatMap(Catalogue.get().causes()::find);
      return new IncidentView(
          incident.incidentId(),
          incident.state(),
          incident.reason(),
          incident.code(),
          incident.cause(),
          cause.map(c -> c.title(Language.EN)).orElse(null),
          cause.map(c -> c.title(Language.JA)).orElse(null),
          incident.devices(),
          incident.recovered(),
          incident.shared(),
          incident.firstAt(),
          incident.openedAt(),
          incident.lastAt(),
          incident.closedAt(),
          members);
    }
  }

  /**
   * A device of an incident.
   *
   * @param deviceId the device
   * @param requestId its newest failed request
   * @param cause the most likely cause there
   * @param factors its site, image, host, key and product
   * @param firstAt its first failure
   * @param lastAt its newest failure
   * @param recoveredAt when it worked again; absent while it fails
   */
  public record MemberView(
      String deviceId,
      String requestId,
      String cause,
      Map<Factor, String> factors,
      Instant firstAt,
      Instant lastAt,
      Instant recoveredAt) {

    static MemberView of(IncidentMember member) {
      return new MemberView(
          member.deviceId(),
          member.last().requestId(),
          member.last().cause(),
          member.last().factors(),
          member.firstAt(),
          member.last().at(),
          member.recoveredAt());
    }
  }

  /** Incidents, newest first. */
  @GET
  public Page<IncidentView> list(
      @QueryParam("state") String state,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    List<IncidentView> rows =
        IncidentEntity.newest(Choices.of(Incident.State.class, state, "state"), after, limit + 1)
            .stream()
            .map(incident -> IncidentView.of(incident, null))
            .toList();
    return Page.of(rows, limit, IncidentView::incidentId);
  }

  /** One incident with a page of its devices; {@code limit} and {@code after} page the devices. */
  @GET
  @Path("/{incidentId}")
  public IncidentView show(
      String incidentId,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    Incident incident =
        IncidentEntity.named(incidentId)
            .orElseThrow(
                () ->
                    Problem.of(
                            404,
                            "INCIDENT_UNKNOWN",
                            "incidentId",
                            "No incident of that id is known.")
                        .exception());
    List<MemberView> members =
        IncidentEntity.members(incidentId, after, limit + 1).stream().map(MemberView::of).toList();
    return IncidentView.of(incident, Page.of(members, limit, MemberView::deviceId));
  }
}
