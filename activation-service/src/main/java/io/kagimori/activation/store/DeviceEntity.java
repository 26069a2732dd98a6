package io.kagimori.activation.store;

import io.kagimori.activation.domain.Device;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashMap;
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
   */
  public record Filter(
      Optional<Integer> licenseStatus, Optional<String> site, Optional<String> product) {}

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
    return DeviceEntity.<DeviceEntity>find(where + " order by deviceId", parameters)
        .range(0, limit - 1)
        .stream()
        .map(DeviceEntity::device)
        .toList();
  }

  private Device device() {
    return Documents.read(document, Device.class);
  }
}
