package io.kagimori.activation.api;

import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.activation.domain.FailureEvidence;
import io.kagimori.activation.domain.RequestIds;
import io.kagimori.activation.domain.Trouble;
import io.kagimori.activation.store.ActivationEntity;
import io.kagimori.activation.store.DeviceEntity;
import io.kagimori.activation.store.DeviceHistoryEntity;
import io.kagimori.activation.store.KmsHostEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.catalogue.LicenseStatuses.LicenseStatus;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.ActivationStage;
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
    return lastFailure(device)
        .flatMap(failure -> evidence(device, failure))
        .map(evidence -> DiagnosisView.of(device, evidence, language, now))
        .orElseGet(() -> DiagnosisView.ofReports(device, language, now));
  }

  private static Optional<Trouble.Failure> lastFailure(Device device) {
    return Optional.ofNullable(device.trouble())
        .filter(trouble -> trouble.state() == Trouble.State.FAILING)
        .map(trouble -> trouble.failures().get(trouble.failures().size() - 1));
  }

  private static Optional<Evidence> evidence(Device device, Trouble.Failure failure) {
    FailureEvidence evidence = new FailureEvidence(Catalogue.get());
    return ActivationEntity.named(RequestIds.of(failure.requestId()))
        .map(
            activation ->
                evidence.of(
                    activation,
                    device,
                    KmsHostEntity::named,
                    activation.failedStage().orElse(ActivationStage.ATO),
                    failure.code(),
                    failure.at()));
  }

  private static Device device(String deviceId) {
    return DeviceEntity.named(deviceId)
        .orElseThrow(
            () ->
                Problem.of(404, "DEVICE_UNKNOWN", "deviceId", "No device of that id is known.")
                    .exception());
  }

  static int licenseStatus(String state) {
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
