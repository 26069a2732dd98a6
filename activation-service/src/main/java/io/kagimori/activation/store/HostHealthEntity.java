package io.kagimori.activation.store;

import io.kagimori.activation.domain.HostHealth;
import io.kagimori.activation.domain.HostHealths;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;

/** Health of a KMS host, for reading. */
@Entity
@Immutable
@Table(name = "kms_host_health")
public class HostHealthEntity extends PanacheEntityBase {
  private static final String REQUESTS =
      """
      select cast(r.document as text) from kms_request r
      where r.host = :host and r.cmid > :after order by r.cmid limit :most
      """;

  @Id public String host;

  public String document;

  /** The hosts of these names that told something. */
  public static Map<String, HostHealth> named(List<String> hosts) {
    Map<String, HostHealth> healths = new HashMap<>();
    if (!hosts.isEmpty()) {
      HostHealthEntity.<HostHealthEntity>find("host in ?1", hosts)
          .list()
          .forEach(row -> healths.put(row.host, Documents.read(row.document, HostHealth.class)));
    }
    return healths;
  }

  /** The newest request of each client behind one, in the order of their client machine IDs. */
  public static List<HostHealths.LoggedRequest> requests(String host, String after, int limit) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(REQUESTS, String.class)
        .setParameter("host", host)
        .setParameter("after", after)
        .setParameter("most", limit)
        .getResultList()
        .stream()
        .map(document -> Documents.read(document, HostHealths.LoggedRequest.class))
        .toList();
  }
}
