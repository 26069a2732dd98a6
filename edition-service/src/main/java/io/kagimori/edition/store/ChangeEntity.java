package io.kagimori.edition.store;

import io.kagimori.contracts.event.EditionState;
import io.kagimori.edition.domain.ChangeKind;
import io.kagimori.edition.domain.DeviceChange;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An upgrade or re-image for reading. */
@Entity
@Immutable
@Table(name = "device_change")
public class ChangeEntity extends PanacheEntityBase {
  @Id
  @Column(name = "request_id")
  public UUID requestId;

  @Column(name = "device_id")
  public String deviceId;

  public String kind;

  public String state;

  @Column(name = "campaign_id")
  public String campaignId;

  public String document;

  /**
   * What a list holds; an absent value does not filter.
   *
   * @param deviceId one device
   * @param state one state
   * @param campaignId one campaign
   */
  public record Filter(
      Optional<String> deviceId, Optional<EditionState> state, Optional<String> campaignId) {}

  /** The change of a request. */
  public static Optional<DeviceChange> named(UUID requestId, ChangeKind kind) {
    return ChangeEntity.<ChangeEntity>findByIdOptional(requestId)
        .filter(row -> row.kind.equals(kind.name()))
        .map(ChangeEntity::change);
  }

  /** Changes behind one, in the order of their ids, which is roughly that of their requests. */
  public static List<DeviceChange> after(UUID after, ChangeKind kind, Filter filter, int limit) {
    StringBuilder where = new StringBuilder("kind = :kind");
    Map<String, Object> parameters = new HashMap<>(Map.of("kind", kind.name()));
    if (after != null) {
      where.append(" and requestId > :after");
      parameters.put("after", after);
    }
    add(where, parameters, "deviceId", filter.deviceId());
    add(where, parameters, "state", filter.state().map(EditionState::name));
    add(where, parameters, "campaignId", filter.campaignId());
    return ChangeEntity.<ChangeEntity>find(where + " order by requestId", parameters)
        .range(0, limit - 1)
        .stream()
        .map(ChangeEntity::change)
        .toList();
  }

  private static void add(
      StringBuilder where, Map<String, Object> parameters, String name, Optional<String> value) {
    value.ifPresent(
        v -> {
          where.append(" and ").append(name).append(" = :").append(name);
          parameters.put(name, v);
        });
  }

  private DeviceChange change() {
    return Documents.read(document, DeviceChange.class);
  }
}
