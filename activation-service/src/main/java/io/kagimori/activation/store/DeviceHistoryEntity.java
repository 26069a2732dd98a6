package io.kagimori.activation.store;

import io.kagimori.activation.domain.DeviceHistory;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A line of a device's history for reading. */
@Entity
@Immutable
@IdClass(DeviceHistoryEntity.Key.class)
@Table(name = "device_history")
public class DeviceHistoryEntity extends PanacheEntityBase {
  @Id
  @Column(name = "device_id")
  public String deviceId;

  @Id public Instant at;

  @Id
  @Column(name = "event_id")
  public UUID eventId;

  /** Activation id or name of another license than the base license, for which it is empty. */
  @Id public String product;

  public String document;

  /** What tells two lines apart. */
  public record Key(String deviceId, Instant at, UUID eventId, String product)
      implements Serializable {}

  /** The newest lines of a device, newest first. */
  public static List<DeviceHistory> newest(String deviceId, int limit) {
    return DeviceHistoryEntity.<DeviceHistoryEntity>find(
            "deviceId = ?1 order by at desc, eventId desc, product", deviceId)
        .range(0, limit - 1)
        .stream()
        .map(row -> Documents.read(row.document, DeviceHistory.class))
        .toList();
  }

  /** The newest lines of one product of a device, newest first. */
  public static List<DeviceHistory> newest(String deviceId, String product, int limit) {
    return DeviceHistoryEntity.<DeviceHistoryEntity>find(
            "deviceId = ?1 and product = ?2 order by at desc, eventId desc", deviceId, product)
        .range(0, limit - 1)
        .stream()
        .map(row -> Documents.read(row.document, DeviceHistory.class))
        .toList();
  }
}
