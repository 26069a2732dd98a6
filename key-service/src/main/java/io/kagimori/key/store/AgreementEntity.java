package io.kagimori.key.store;

import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.AgreementState;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/** An agreement for reading; what changes it comes through the stream. */
@Entity
@Immutable
@Table(name = "agreement")
public class AgreementEntity extends PanacheEntityBase {
  @Id
  @Column(name = "agreement_id")
  public String agreementId;

  public long version;

  @Enumerated(EnumType.STRING)
  public AgreementProgram program;

  @Column(name = "windows_orders")
  public long windowsOrders;

  @Column(name = "valid_from")
  public Instant validFrom;

  @Column(name = "valid_to")
  public Instant validTo;

  @Column(name = "portal_keys", columnDefinition = "text[]")
  public String[] portalKeys;

  @Column(name = "changed_at")
  public Instant changedAt;

  /** Agreements after an agreement id, in the order of their ids. */
  public static List<AgreementEntity> after(String agreementId, int limit) {
    return find("agreementId > ?1 order by agreementId", agreementId).range(0, limit - 1).list();
  }

  /** The agreement of that id. */
  public static Optional<AgreementEntity> named(String agreementId) {
    return findByIdOptional(agreementId);
  }

  /** The agreement in the shape in which its facts travel. */
  public AgreementState state() {
    return new AgreementState(
        agreementId,
        version,
        program,
        windowsOrders,
        validFrom,
        validTo,
        portalKeys == null ? null : List.of(portalKeys),
        changedAt);
  }
}
