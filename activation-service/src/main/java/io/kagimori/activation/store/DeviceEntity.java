package io.kagimori.activation.store;

import io.kagimori.activation.domain.Device;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/** A device for reading. */
@Entity
@Immutable
@Table(name = "device")
public class DeviceEntity extends PanacheEntityBase {
  @Id
  @Column(name = "device_id")
  public String deviceId;

  public String product;

  public String site;

  @Column(name = "license_status")
  public Integer licenseStatus;

  public String document;

  /**
   * What devices a list holds; an absent value does not filter.
   *
   * @param licenseStatus 0 to 6
   * @param site label
   * @param product slug
   * @param deployment how it was installed
   * @param image image it was installed from
   * @param reason reason of its newest failure, while it fails
   * @param cause most likely cause of that failure
   * @param notReadyToShip only those about to be handed out and not licensed
   */
  public record Filter(
      Optional<Integer> licenseStatus,
      Optional<String> site,
      Optional<String> product,
      Optional<String> deployment,
      Optional<String> image,
      Optional<String> reason,
      Optional<String> cause,
      boolean notReadyToShip) {
    private boolean asksFacets() {
      return deployment.isPresent()
          || image.isPresent()
          || reason.isPresent()
          || cause.isPresent()
          || notReadyToShip;
    }
  }

  /** The device of that id. */
  public static Optional<Device> named(String deviceId) {
    return DeviceEntity.<DeviceEntity>findByIdOptional(deviceId).map(DeviceEntity::device);
  }

  /** Devices behind one, in the order of their ids. */
  public static List<Device> after(String deviceId, Filter filter, int limit) {
    StringBuilder where = new StringBuilder("deviceId > :after");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("after", deviceId);
    filter
        .licenseStatus()
        .ifPresent(
            status -> {
              where.append(" and licenseStatus = :status");
              parameters.put("status", status);
            });
    filter
        .site()
        .ifPresent(
            site -> {
              where.append(" and site = :site");
              parameters.put("site", site);
            });
    filter
        .product()
        .ifPresent(
            product -> {
              where.append(" and product = :product");
              parameters.put("product", product);
            });
    if (filter.asksFacets()) {
      facets(where, parameters, filter);
    }
    return DeviceEntity.<DeviceEntity>find(where + " order by deviceId", parameters)
        .range(0, limit - 1)
        .stream()
        .map(DeviceEntity::device)
        .toList();
  }

  private static void facets(StringBuilder where, Map<String, Object> parameters, Filter filter) {
    where.append(" and deviceId in (select f.deviceId from DeviceFacetEntity f where 1 = 1");
    Map<String, Optional<String>> wanted = new LinkedHashMap<>();
    wanted.put("deployment", filter.deployment());
    wanted.put("imageId", filter.image());
    wanted.put("failingReason", filter.reason());
    wanted.put("failingCause", filter.cause());
    wanted.forEach(
        (field, value) ->
            value.ifPresent(
                v -> {
                  where.append(" and f.").append(field).append(" = :").append(field);
                  parameters.put(field, v);
                }));
    where.append(filter.notReadyToShip() ? " and f.ship = true)" : ")");
    if (filter.notReadyToShip()) {
      where.append(" and (licenseStatus is null or licenseStatus <> 1)");
    }
  }

  private Device device() {
    return Documents.read(document, Device.class);
  }
}
