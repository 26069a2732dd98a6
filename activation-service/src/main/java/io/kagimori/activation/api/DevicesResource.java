package io.kagimori.activation.api;

import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.activation.domain.UpdateBaseline;
import io.kagimori.activation.store.DeviceEntity;
import io.kagimori.activation.store.DeviceHistoryEntity;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.event.Probe;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Devices and the state of their licenses. */
@Path("/devices")
public class DevicesResource {
  /** Lines of history shown with a device. */
  private static final int HISTORY_MAX = 200;

  private static final int BUNDLE_HISTORY = 2000;

  private final RequestDesk desk;
  private final OperatorReports reports;
  private final UpdateBaseline baseline;

  DevicesResource(
      RequestDesk desk,
      OperatorReports reports,
      @ConfigProperty(name = UpdateBaseline.SETTING) Optional<UpdateBaseline> baseline) {
    this.desk = desk;
    this.reports = reports;
    this.baseline = baseline.orElse(UpdateBaseline.NONE);
  }

  /** Devices in the order of their ids. */
  @GET
  public Page<DeviceView> list(
      @BeanParam DeviceQuery query,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    DeviceEntity.Filter filter = query.filter();
    Instant now = Instant.now();
    List<DeviceView> rows =
        DeviceEntity.after(after, filter, limit + 1).stream()
            .map(device -> DeviceView.of(device, null, now))
            .toList();
    return Page.of(rows, limit, DeviceView::deviceId);
  }

  /**
   * One device with its history.
   *
   * @param product only the history of this license, by activation id or name
   */
  @GET
  @Path("/{deviceId}")
  public DeviceView show(String deviceId, @QueryParam("product") String product) {
    Device device = device(deviceId);
    List<DeviceHistory> history =
        product == null
            ? DeviceHistoryEntity.newest(deviceId, HISTORY_MAX)
            : DeviceHistoryEntity.newest(deviceId, product, HISTORY_MAX);
    return DeviceView.of(device, history, Instant.now());
  }

  /**
   * Why a device fails: its last failed activation in the light of what is known now, or else what
   * its reports show.
   *
   * @param lang {@code en} or {@code ja}
   */
  @GET
  @Path("/{deviceId}/diagnosis")
  public DiagnosisView diagnose(
      String deviceId, @QueryParam("lang") @DefaultValue("en") String lang) {
    Device device = device(deviceId);
    Language language = Language.of(lang);
    Instant now = Instant.now();
    return DiagnosisView.of(device, Dossier.of(device, baseline, now).evidence(), language, now);
  }

  /**
   * The guided flow: what is done on a device, what is in trouble and what nobody has looked at, as
   * the evidence shows it.
   *
   * @param lang {@code en} or {@code ja}
   */
  @GET
  @Path("/{deviceId}/checklist")
  public ChecklistView checklist(
      String deviceId, @QueryParam("lang") @DefaultValue("en") String lang) {
    Instant now = Instant.now();
    return ChecklistView.of(Dossier.of(device(deviceId), baseline, now), Language.of(lang), now);
  }

  /** What a vendor's support asks for, as one archive without any product key. */
  @GET
  @Path("/{deviceId}/bundle")
  @Produces("application/zip")
  public Response bundle(String deviceId) {
    Instant now = Instant.now();
    Device device = device(deviceId);
    byte[] archive =
        SupportBundle.of(
            Dossier.of(device, baseline, now),
            DeviceHistoryEntity.newest(deviceId, BUNDLE_HISTORY),
            now);
    return Response.ok(archive)
        .header("Content-Disposition", "attachment; filename=\"support-bundle.zip\"")
        .build();
  }

  /**
   * A mark for shipping.
   *
   * @param ship whether the device is about to be handed out
   */
  public record ShipMark(@NotNull Boolean ship) {}

  /** Marks a device as about to be handed out, or takes the mark back. */
  @POST
  @Path("/{deviceId}/shipping")
  public Response ship(
      String deviceId,
      @Valid @NotNull ShipMark mark,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return reports.submit(
        desk.requestId(idempotencyKey), prefer, deviceId, null, mark.ship(), this::shown);
  }

  /**
   * What came of a step of repair.
   *
   * @param step which step
   * @param succeeded whether it helped
   * @param code what Windows printed
   * @param at when it was done; now when absent
   */
  public record Repair(
      @NotNull RepairStep step,
      @NotNull Boolean succeeded,
      @Size(max = 64) String code,
      Instant at) {}

  /** Steps of repair, in the order in which they are tried. */
  public enum RepairStep {
    FILE_CHECK,
    IMAGE_REPAIR,
    IN_PLACE_REPAIR
  }

  /** Records what came of a step of repair. */
  @POST
  @Path("/{deviceId}/repairs")
  public Response repair(
      String deviceId,
      @Valid @NotNull Repair repair,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    Probe probe =
        Probe.repair(repair.step().name(), repair.succeeded(), repair.code(), repair.at());
    return reports.submit(
        desk.requestId(idempotencyKey), prefer, deviceId, probe, null, this::shown);
  }

  private DeviceView shown(String deviceId) {
    return show(deviceId, null);
  }

  private static Device device(String deviceId) {
    return DeviceEntity.named(deviceId)
        .orElseThrow(
            () ->
                Problem.of(404, "DEVICE_UNKNOWN", "deviceId", "No device of that id is known.")
                    .exception());
  }
}
