package io.kagimori.activation.api;

import io.kagimori.activation.store.DeviceEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.LicenseStatuses.LicenseStatus;
import io.kagimori.stream.api.Problem;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Optional;

/** Which devices are asked for, in lists and exports alike. */
public class DeviceQuery {
  /** License status, by number or by name. */
  @QueryParam("state")
  String state;

  /** Label of the site. */
  @QueryParam("site")
  String site;

  /** Slug of the product family. */
  @QueryParam("product")
  String product;

  /** How they were installed, such as {@code DISK_CLONE}. */
  @QueryParam("deployment")
  String deployment;

  /** Image they were installed from. */
  @QueryParam("image")
  String image;

  /** Reason of the newest failure of devices that fail. */
  @QueryParam("reason")
  String reason;

  /** Most likely cause of that failure. */
  @QueryParam("cause")
  String cause;

  /** {@code NOT_READY}: about to be handed out and not licensed. */
  @QueryParam("shipping")
  String shipping;

  DeviceEntity.Filter filter() {
    return new DeviceEntity.Filter(
        Optional.ofNullable(state).map(DeviceQuery::licenseStatus),
        Optional.ofNullable(site),
        Optional.ofNullable(product),
        Optional.ofNullable(deployment),
        Optional.ofNullable(image),
        Optional.ofNullable(reason).map(text -> text.toUpperCase(Locale.ROOT)),
        Optional.ofNullable(cause).map(text -> text.toUpperCase(Locale.ROOT)),
        notReady());
  }

  private boolean notReady() {
    if (shipping != null && !shipping.equalsIgnoreCase("NOT_READY")) {
      throw Problem.of(400, "INVALID_FIELD", "shipping", "It is not NOT_READY.").exception();
    }
    return shipping != null;
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
