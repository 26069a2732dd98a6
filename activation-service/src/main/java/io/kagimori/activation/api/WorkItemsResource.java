package io.kagimori.activation.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kagimori.activation.domain.WorkItem;
import io.kagimori.activation.store.DeviceEntity;
import io.kagimori.activation.store.IncidentEntity;
import io.kagimori.activation.store.WorkItems;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.stream.api.Choices;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Work for people where commands no longer help. Plain master data: nothing is decided by it, so it
 * needs no records (docs/adr/0006).
 */
@Path("/work-items")
public class WorkItemsResource {
  private static final String NOT_BLANK = ".*\\S.*";

  private final RequestDesk desk;
  private final WorkItems items;

  WorkItemsResource(RequestDesk desk, WorkItems items) {
    this.desk = desk;
    this.items = items;
  }

  /**
   * Work to record, about a device or an incident.
   *
   * @param kind what is to be done
   * @param owner who does it
   * @param dueOn by which day
   * @param deviceId the device it is about
   * @param incidentId the incident it is about
   * @param note what to know, such as the number of a ticket
   */
  public record NewItem(
      @NotNull WorkItem.Kind kind,
      @NotBlank @Size(max = 128) String owner,
      @NotNull LocalDate dueOn,
      @Size(max = 128) String deviceId,
      @Size(max = 128) String incidentId,
      @Size(max = 4000) String note) {}

  /**
   * A change; what is absent stays.
   *
   * @param state where it shall stand
   * @param owner who shall do it
   * @param dueOn by which day
   * @param note what to know
   */
  public record ItemChange(
      WorkItem.State state,
      @Pattern(regexp = NOT_BLANK, message = "must not be blank") @Size(max = 128) String owner,
      LocalDate dueOn,
      @Size(max = 4000) String note) {}

  /**
   * A work item.
   *
   * @param item what it is
   * @param overdue whether its day has passed and something is left to do
   * @param history the item after each of its changes, oldest first; absent in lists
   */
  public record ItemView(@JsonUnwrapped WorkItem item, boolean overdue, List<WorkItem> history) {}

  /** Records work. */
  @POST
  public Response create(
      @Valid @NotNull NewItem asked, @HeaderParam("Idempotency-Key") String idempotencyKey) {
    UUID requestId = desk.requestId(idempotencyKey);
    requireSubject(asked);
    Instant now = now();
    WorkItem item =
        new WorkItem(
            requestId,
            asked.kind(),
            WorkItem.State.OPEN,
            asked.owner().strip(),
            asked.dueOn(),
            asked.deviceId(),
            asked.incidentId(),
            asked.note(),
            now,
            now,
            1);
    return reply(requestId, requestId, items.create(item, text(asked)));
  }

  /** Changes work: its state, owner, day or note. */
  @POST
  @Path("/{itemId}/changes")
  public Response change(
      String itemId,
      @Valid @NotNull ItemChange asked,
      @HeaderParam("Idempotency-Key") String idempotencyKey) {
    UUID requestId = desk.requestId(idempotencyKey);
    UUID item = id(itemId).orElseThrow(WorkItemsResource::unknown);
    Instant now = now();
    WorkItem.Change change =
        new WorkItem.Change(asked.state(), asked.owner(), asked.dueOn(), asked.note());
    return reply(
        requestId,
        item,
        items.change(requestId, item, text(asked), before -> before.changed(change, now)));
  }

  /**
   * Work items in the order of their ids.
   *
   * @param overdue only those whose day has passed and that are not over
   */
  @GET
  public Page<ItemView> list(
      @QueryParam("state") String state,
      @QueryParam("owner") String owner,
      @QueryParam("device") String device,
      @QueryParam("incident") String incident,
      @QueryParam("overdue") boolean overdue,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    WorkItems.Filter filter =
        new WorkItems.Filter(
            Choices.of(WorkItem.State.class, state, "state"),
            Optional.ofNullable(owner),
            Optional.ofNullable(device),
            Optional.ofNullable(incident),
            overdue);
    List<ItemView> rows =
        items.after(id(after), filter, today(), limit + 1).stream()
            .map(item -> new ItemView(item, item.isOverdue(today()), null))
            .toList();
    return Page.of(rows, limit, view -> view.item().itemId().toString());
  }

  /** One work item with all its changes. */
  @GET
  @Path("/{itemId}")
  public ItemView show(String itemId) {
    return view(id(itemId).orElseThrow(WorkItemsResource::unknown))
        .orElseThrow(WorkItemsResource::unknown);
  }

  private Optional<ItemView> view(UUID itemId) {
    List<WorkItem> history = items.history(itemId);
    if (history.isEmpty()) {
      return Optional.empty();
    }
    WorkItem newest = history.get(history.size() - 1);
    return Optional.of(new ItemView(newest, newest.isOverdue(today()), history));
  }

  private static void requireSubject(NewItem asked) {
    if ((asked.deviceId() == null) == (asked.incidentId() == null)) {
      throw Problem.of(
              400,
              "INVALID_FIELD",
              "deviceId",
              "Name either a device or an incident, and not both.")
          .exception();
    }
    if (asked.deviceId() != null && DeviceEntity.named(asked.deviceId()).isEmpty()) {
      throw Problem.of(422, "DEVICE_UNKNOWN", "deviceId", "No device of that id is known.")
          .exception();
    }
    if (asked.incidentId() != null && IncidentEntity.named(asked.incidentId()).isEmpty()) {
      throw Problem.of(422, "INCIDENT_UNKNOWN", "incidentId", "No incident of that id is known.")
          .exception();
    }
  }

  private static Response reply(UUID requestId, UUID itemId, WorkItems.Written written) {
    return switch (written) {
      case WorkItems.Stored stored ->
          Response.status(Response.Status.CREATED)
              .entity(new ItemView(stored.item(), stored.item().isOverdue(today()), null))
              .location(URI.create("work-items/" + itemId))
              .header("Idempotency-Key", requestId)
              .build();
      case WorkItems.Unknown unused -> throw unknown();
      case WorkItems.NotAllowed refused ->
          throw Problem.of(
                  409,
                  "STATE_NOT_ALLOWED",
                  "state",
                  "It is " + refused.item().state() + "; reopen it first (state OPEN).")
              .exception();
      case WorkItems.IdReused unused ->
          throw Problem.of(
                  409, "ID_REUSED", "Idempotency-Key", "The id belongs to another request.")
              .exception();
    };
  }

  private static RuntimeException unknown() {
    return Problem.of(404, "WORK_ITEM_UNKNOWN", "itemId", "No work item of that id is known.")
        .exception();
  }

  private static Optional<UUID> id(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Object asked) {
    return new String(EventJson.bytes(asked), StandardCharsets.UTF_8);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
