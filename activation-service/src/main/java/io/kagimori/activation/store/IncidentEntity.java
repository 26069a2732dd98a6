package io.kagimori.activation.store;

import io.kagimori.activation.domain.Incident;
import io.kagimori.activation.domain.IncidentMember;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;

/** An incident for reading. */
@Entity
@Immutable
@Table(name = "incident")
public class IncidentEntity extends PanacheEntityBase {
  private static final String MEMBERS =
      """
      select cast(m.document as text) from incident_member m
      where m.incident_id = :incident and m.device_id > :after
      order by m.device_id limit :most
      """;

  @Id
  @Column(name = "incident_id")
  public String incidentId;

  public String state;

  public String document;

  /** The incident of that id. */
  public static Optional<Incident> named(String incidentId) {
    return IncidentEntity.<IncidentEntity>findByIdOptional(incidentId)
        .map(IncidentEntity::incident);
  }

  /**
   * Incidents, newest first.
   *
   * @param state only those in this state
   * @param after only those older than this one; empty for the newest
   */
  public static List<Incident> newest(Optional<Incident.State> state, String after, int limit) {
    StringBuilder where = new StringBuilder("1 = 1");
    Map<String, Object> parameters = new HashMap<>();
    if (!after.isEmpty()) {
      where.append(" and incidentId < :after");
      parameters.put("after", after);
    }
    state.ifPresent(
        wanted -> {
          where.append(" and state = :state");
          parameters.put("state", wanted.name());
        });
    return IncidentEntity.<IncidentEntity>find(where + " order by incidentId desc", parameters)
        .range(0, limit - 1)
        .stream()
        .map(IncidentEntity::incident)
        .toList();
  }

  /** The devices of an incident behind one, in the order of their ids. */
  public static List<IncidentMember> members(String incidentId, String after, int limit) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(MEMBERS, String.class)
        .setParameter("incident", incidentId)
        .setParameter("after", after)
        .setParameter("most", limit)
        .getResultList()
        .stream()
        .map(document -> Documents.read(document, IncidentMember.class))
        .toList();
  }

  private Incident incident() {
    return Documents.read(document, Incident.class);
  }
}
