package io.kagimori.activation.store;

import io.kagimori.activation.domain.HostFindings;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;

/** What a device is looked for by, for reading. */
@Entity
@Immutable
@Table(name = "device_facet")
public class DeviceFacetEntity extends PanacheEntityBase {
  private static final String REGISTERED =
      """
      select kms_host, count(*), count(*) filter (where kms_port <> :port)
      from device_facet
      where kms_origin = 'REGISTERED' and kms_host in (:names)
      group by kms_host
      """;
  private static final String FAILURES =
      """
      select failing_reason, failing_cause, failing_code, count(*),
             cast(extract(epoch from min(failing_since)) * 1000 as bigint)
      from device_facet where failing_reason is not null
      group by failing_reason, failing_cause, failing_code
      order by count(*) desc, failing_reason, failing_cause nulls last, failing_code nulls last
      limit :most
      """;

  @Id
  @Column(name = "device_id")
  public String deviceId;

  @Column(name = "kms_host")
  public String kmsHost;

  @Column(name = "kms_port")
  public Integer kmsPort;

  @Column(name = "kms_origin")
  public String kmsOrigin;

  public String deployment;

  @Column(name = "image_id")
  public String imageId;

  public Boolean ship;

  @Column(name = "failing_reason")
  public String failingReason;

  @Column(name = "failing_cause")
  public String failingCause;

  /**
   * Devices that fail alike now.
   *
   * @param reason stable code of the failures
   * @param cause the most likely cause; null where none is known
   * @param code what Windows printed; null where it printed nothing
   * @param devices how many devices
   * @param since the first of them
   */
  public record Failing(String reason, String cause, String code, long devices, Instant since) {}

  /**
   * How many devices have a host registered, under any of its names.
   *
   * @param port the port that the host listens on
   */
  public static HostFindings.Registered registered(List<String> names, int port) {
    long total = 0;
    long other = 0;
    for (Object[] row :
        getEntityManager()
            .unwrap(Session.class)
            .createNativeQuery(REGISTERED, Object[].class)
            .setParameter("port", port)
            .setParameter("names", names)
            .getResultList()) {
      total += ((Number) row[1]).longValue();
      other += ((Number) row[2]).longValue();
    }
    return new HostFindings.Registered(total, other);
  }

  /**
   * Devices behind one that have a host registered with another port, in the order of their ids.
   */
  public static List<DeviceFacetEntity> otherPort(
      List<String> names, int port, String after, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("names", names);
    parameters.put("port", port);
    parameters.put("after", after);
    return DeviceFacetEntity.<DeviceFacetEntity>find(
            "kmsOrigin = 'REGISTERED' and kmsHost in (:names) and kmsPort <> :port"
                + " and deviceId > :after order by deviceId",
            parameters)
        .range(0, limit - 1)
        .list();
  }

  /** What devices fail with now, most devices first. */
  public static List<Failing> failures(int limit) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(FAILURES, Object[].class)
        .setParameter("most", limit)
        .getResultList()
        .stream()
        .map(
            row ->
                new Failing(
                    (String) row[0],
                    (String) row[1],
                    (String) row[2],
                    ((Number) row[3]).longValue(),
                    Instant.ofEpochMilli(((Number) row[4]).longValue())))
        .toList();
  }
}
