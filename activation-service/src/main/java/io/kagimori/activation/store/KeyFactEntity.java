package io.kagimori.activation.store;

import io.kagimori.contracts.event.KeyState;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/** The newest state of a key, for reading. */
@Entity
@Immutable
@Table(name = "key_fact")
public class KeyFactEntity extends PanacheEntityBase {
  @Id
  @Column(name = "key_id")
  public String keyId;

  public String document;

  /** The key of that id, where key-service has published it. */
  public static Optional<KeyState> named(String keyId) {
    return KeyFactEntity.<KeyFactEntity>findByIdOptional(keyId)
        .map(row -> Documents.read(row.document, KeyState.class));
  }
}
