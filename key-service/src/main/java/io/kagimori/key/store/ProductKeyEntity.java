package io.kagimori.key.store;

import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Warning;
import io.kagimori.key.domain.LowPool;
import io.kagimori.key.domain.Pool;
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

/** A key and its pool for reading; what changes it comes through the stream. */
@Entity
@Immutable
@Table(name = "product_key")
public class ProductKeyEntity extends PanacheEntityBase {
  @Id
  @Column(name = "key_id")
  public String keyId;

  public long version;

  @Enumerated(EnumType.STRING)
  public KeyKind kind;

  @Column(name = "partial_key")
  public String partialKey;

  public String products;

  @Column(name = "agreement_id")
  public String agreementId;

  public String site;

  @Column(name = "expires_at")
  public Instant expiresAt;

  public boolean blocked;

  @Column(name = "low_pool_percent")
  public Integer lowPoolPercent;

  @Column(name = "low_pool_seats")
  public Long lowPoolSeats;

  public long purchased;
  public long available;
  public long reserved;
  public long consumed;
  public long overdrawn;
  public long saved;

  @Column(name = "changed_at")
  public Instant changedAt;

  /** Keys after a key id, in the order of their ids. */
  public static List<ProductKeyEntity> after(String keyId, int limit) {
    return find("keyId > ?1 order by keyId", keyId).range(0, limit - 1).list();
  }

  /** The key of that id. */
  public static Optional<ProductKeyEntity> named(String keyId) {
    return findByIdOptional(keyId);
  }

  /** The key in the shape in which its facts travel. */
  public KeyState state() {
    Optional<Warning> low =
        new LowPool(lowPoolPercent, lowPoolSeats)
            .warning(new Pool(purchased, available, reserved, consumed, overdrawn));
    return new KeyState(
        keyId,
        version,
        kind,
        partialKey,
        KeyLedgerStore.products(products),
        agreementId,
        site,
        expiresAt,
        blocked,
        purchased,
        available,
        reserved,
        consumed,
        overdrawn,
        saved,
        low.map(List::of).orElse(null),
        changedAt);
  }
}
