package io.kagimori.activation.store;

import io.kagimori.activation.domain.KmsHost;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;

/** A KMS host for reading. */
@Entity
@Immutable
@Table(name = "kms_host")
public class KmsHostEntity extends PanacheEntityBase {
  private static final String COUNTS =
      """
      select h.host, (select count(*) from (
               select 1 from kms_contact k
               where k.host = h.host and k.last_seen_at >= :since limit :most) recent)
      from kms_host h where h.host in (:hosts)
      """;

  @Id public String host;

  public String document;

  /** The host of that name. */
  public static Optional<KmsHost> named(String host) {
    return KmsHostEntity.<KmsHostEntity>findByIdOptional(host).map(KmsHostEntity::kmsHost);
  }

  /** Hosts behind one, in the order of their names. */
  public static List<KmsHost> after(String host, int limit) {
    return KmsHostEntity.<KmsHostEntity>find("host > ?1 order by host", host)
        .range(0, limit - 1)
        .stream()
        .map(KmsHostEntity::kmsHost)
        .toList();
  }

  /**
   * Distinct clients of hosts since a time.
   *
   * @param most counts go no further than this
   */
  public static Map<String, Integer> counts(List<String> hosts, Instant since, int most) {
    Map<String, Integer> counts = new HashMap<>();
    if (hosts.isEmpty()) {
      return counts;
    }
    for (Object[] row :
        getEntityManager()
            .unwrap(Session.class)
            .createNativeQuery(COUNTS, Object[].class)
            .setParameter("since", since)
            .setParameter("most", most)
            .setParameter("hosts", hosts)
            .getResultList()) {
      counts.put((String) row[0], ((Number) row[1]).intValue());
    }
    return counts;
  }

  /** How many hosts report a host key. */
  public static long withHostKey(String partialKey) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(
            "select count(*) from kms_host where document->'report'->>'partialKey' = :key",
            Long.class)
        .setParameter("key", partialKey)
        .getSingleResult();
  }

  private KmsHost kmsHost() {
    return Documents.read(document, KmsHost.class);
  }
}
