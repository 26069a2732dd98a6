package io.kagimori.activation.api;

import io.kagimori.activation.store.DeviceEntity;
import io.kagimori.activation.store.DeviceHistoryEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.LicenseStatuses.LicenseStatus;
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
import java.util.Optional;

/** Devices and the state of their licenses. */
@Path("/devices")
public class DevicesResource {
  /** Lines of history shown with a device. */
  private static final int HISTORY_MAX = 200;

  /**
   * Devices in the order of their ids.
   *
   * @param state license status, by number or by name
   */
  @GET
  public Page<DeviceView> list(
      @QueryParam("state") String state,
      @QueryParam("site") String site,
      @QueryParam("product") String product,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    DeviceEntity.Filter filter =
        new DeviceEntity.Filter(
            Optional.ofNullable(state).map(DevicesResource::licenseStatus),
            Optional.ofNullable(site),
            Optional.ofNullable(product));
    Instant now = Instant.now();
    List<DeviceView> rows =
        DeviceEntity.after(after, filter, limit + 1).stream()
            .map(device -> DeviceView.of(device, null, now))
            .toList();
    return Page.of(rows, limit, DeviceView::deviceId);
  }

  /** One device with its history. */
  @GET
  @Path("/{deviceId}")
  public DeviceView show(String deviceId) {
    return DeviceEntity.named(deviceId)
        .map(
            device ->
                DeviceView.of(
                    device, DeviceHistoryEntity.newest(deviceId, HISTORY_MAX), Instant.now()))
        .orElseThrow(
            () ->
                Problem.of(404, "DEVICE_UNKNOWN", "deviceId", "No device of that id is known.")
                    .exception());
  }

  private static int licenseStatus(String state) {
    return Catalogue.get().licenseStatuses().statuses().stream()
        .filter(
            status ->
                status.name().equalsIgnoreCase(state)
                    || String.valueOf(status.value()).equals(state))
        .map(LicenseStatus::value)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(400, "INVALID_FIELD", "state", "It is no license status.").exception());
  }
}
