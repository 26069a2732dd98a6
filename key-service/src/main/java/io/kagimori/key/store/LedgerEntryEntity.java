package io.kagimori.key.store;

import io.kagimori.key.domain.Account;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An entry of a key's ledger for reading. */
@Entity
@Immutable
@Table(name = "ledger_entry")
public class LedgerEntryEntity extends PanacheEntityBase {
  @Id
  @Column(name = "entry_id")
  public long entryId;

  @Column(name = "key_id")
  public String keyId;

  @Column(name = "event_id")
  public UUID eventId;

  @Column(name = "from_account")
  @Enumerated(EnumType.STRING)
  public Account from;

  @Column(name = "to_account")
  @Enumerated(EnumType.STRING)
  public Account to;

  public long seats;

  public Instant at;

  /** Entries of a key after an entry, oldest first. */
  public static List<LedgerEntryEntity> after(String keyId, long entryId, int limit) {
    return find("keyId = ?1 and entryId > ?2 order by entryId", keyId, entryId)
        .range(0, limit - 1)
        .list();
  }
}
