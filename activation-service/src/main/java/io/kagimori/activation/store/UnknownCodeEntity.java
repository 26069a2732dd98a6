package io.kagimori.activation.store;

import io.kagimori.activation.domain.UnknownCodes;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** A code that the catalogue does not know, for reading. */
@Entity
@Immutable
@Table(name = "unknown_code")
public class UnknownCodeEntity extends PanacheEntityBase {
  @Id public String code;

  public long count;

  @Column(name = "first_at")
  public Instant firstAt;

  @Column(name = "last_at")
  public Instant lastAt;

  @Column(name = "device_id")
  public String deviceId;

  /** Codes behind one, in their order. */
  public static List<UnknownCodes.Seen> after(String code, int limit) {
    return UnknownCodeEntity.<UnknownCodeEntity>find("code > ?1 order by code", code)
        .range(0, limit - 1)
        .stream()
        .map(
            row ->
                new UnknownCodes.Seen(row.code, row.count, row.firstAt, row.lastAt, row.deviceId))
        .toList();
  }
}
