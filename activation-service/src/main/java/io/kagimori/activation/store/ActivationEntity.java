package io.kagimori.activation.store;

import io.kagimori.activation.domain.Activation;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An activation for reading. */
@Entity
@Immutable
@Table(name = "activation")
public class ActivationEntity extends PanacheEntityBase {
  @Id
  @Column(name = "request_id")
  public UUID requestId;

  public String document;

  /** The activation of a request. */
  public static Optional<Activation> named(UUID requestId) {
    return ActivationEntity.<ActivationEntity>findByIdOptional(requestId)
        .map(row -> Documents.read(row.document, Activation.class));
  }
}
