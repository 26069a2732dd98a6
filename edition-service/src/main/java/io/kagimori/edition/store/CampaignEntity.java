package io.kagimori.edition.store;

import io.kagimori.edition.domain.Campaign;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;

/** A campaign for reading. */
@Entity
@Immutable
@Table(name = "campaign")
public class CampaignEntity extends PanacheEntityBase {
  private static final String STATES =
      """
      select wave, state, count(*) from device_change where campaign_id = :id
      group by wave, state
      """;
  private static final String REASONS =
      """
      select reason, count(*) from device_change
      where campaign_id = :id and reason is not null group by reason
      """;
  private static final String MEDIAN =
      """
      select cast(percentile_cont(0.5) within group
                    (order by extract(epoch from ended_at - requested_at)) as float8)
      from device_change where campaign_id = :id and state = 'COMPLETED'
      """;

  @Id
  @Column(name = "campaign_id")
  public String campaignId;

  public String document;

  /**
   * How far a campaign has come.
   *
   * @param funnel how many changes stand in each state
   * @param waves the same wave by wave
   * @param reasons refusals and failures by reason
   * @param medianSeconds half of those completed took less; null while none is
   */
  public record Figures(
      Map<String, Long> funnel,
      Map<Integer, Map<String, Long>> waves,
      Map<String, Long> reasons,
      Double medianSeconds) {}

  /** The campaign of that id. */
  public static Optional<Campaign> named(String campaignId) {
    return CampaignEntity.<CampaignEntity>findByIdOptional(campaignId)
        .map(CampaignEntity::campaign);
  }

  /** Campaigns behind one, in the order of their ids. */
  public static List<Campaign> after(String campaignId, int limit) {
    return CampaignEntity.<CampaignEntity>find("campaignId > ?1 order by campaignId", campaignId)
        .range(0, limit - 1)
        .stream()
        .map(CampaignEntity::campaign)
        .toList();
  }

  /** The figures of a campaign. */
  public static Figures figures(String campaignId) {
    Map<String, Long> funnel = new TreeMap<>();
    Map<Integer, Map<String, Long>> waves = new TreeMap<>();
    for (Object[] row : rows(STATES, campaignId)) {
      long changes = ((Number) row[2]).longValue();
      String state = (String) row[1];
      funnel.merge(state, changes, Long::sum);
      waves
          .computeIfAbsent(((Number) row[0]).intValue(), wave -> new TreeMap<>())
          .put(state, changes);
    }
    Map<String, Long> reasons = new TreeMap<>();
    for (Object[] row : rows(REASONS, campaignId)) {
      reasons.put((String) row[0], ((Number) row[1]).longValue());
    }
    Double median =
        getEntityManager()
            .unwrap(Session.class)
            .createNativeQuery(MEDIAN, Double.class)
            .setParameter("id", campaignId)
            .getSingleResult();
    return new Figures(funnel, waves, reasons, median);
  }

  private static List<Object[]> rows(String sql, String campaignId) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(sql, Object[].class)
        .setParameter("id", campaignId)
        .getResultList();
  }

  private Campaign campaign() {
    return Documents.read(document, Campaign.class);
  }
}
