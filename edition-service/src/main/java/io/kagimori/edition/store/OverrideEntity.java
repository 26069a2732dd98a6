package io.kagimori.edition.store;

import io.kagimori.contracts.event.ReimageOverrideRequested;
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

/** An override for reading. */
@Entity
@Immutable
@Table(name = "reimage_override")
public class OverrideEntity extends PanacheEntityBase {
  @Id
  @Column(name = "override_id")
  public String overrideId;

  @Column(name = "device_id")
  public String deviceId;

  @Column(name = "image_id")
  public String imageId;

  public String document;

  /** The override of that id. */
  public static Optional<ReimageOverrideRequested> named(String overrideId) {
    return OverrideEntity.<OverrideEntity>findByIdOptional(overrideId)
        .map(OverrideEntity::override);
  }

  /** Overrides behind one, in the order of their ids; an absent value does not filter. */
  public static List<ReimageOverrideRequested> after(
      String overrideId, Optional<String> deviceId, Optional<String> imageId, int limit) {
    StringBuilder where = new StringBuilder("overrideId > :after");
    Map<String, Object> parameters = new HashMap<>(Map.of("after", overrideId));
    deviceId.ifPresent(
        id -> {
          where.append(" and deviceId = :deviceId");
          parameters.put("deviceId", id);
        });
    imageId.ifPresent(
        id -> {
          where.append(" and imageId = :imageId");
          parameters.put("imageId", id);
        });
    return OverrideEntity.<OverrideEntity>find(where + " order by overrideId", parameters)
        .range(0, limit - 1)
        .stream()
        .map(OverrideEntity::override)
        .toList();
  }

  private ReimageOverrideRequested override() {
    return Documents.read(document, ReimageOverrideRequested.class);
  }
}
