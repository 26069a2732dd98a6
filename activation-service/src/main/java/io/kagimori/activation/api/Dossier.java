package io.kagimori.activation.api;

import io.kagimori.activation.domain.Activation;
import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.FailureEvidence;
import io.kagimori.activation.domain.RequestIds;
import io.kagimori.activation.domain.Surroundings;
import io.kagimori.activation.domain.Trouble;
import io.kagimori.activation.domain.UpdateBaseline;
import io.kagimori.activation.store.ActivationEntity;
import io.kagimori.activation.store.KeyFactEntity;
import io.kagimori.activation.store.KmsHostEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.ActivationStage;
import java.time.Instant;
import java.util.Optional;

/**
 * What is read together when a device is to be explained.
 *
 * @param device the device
 * @param activation its last failed activation while it fails, else the one that licensed it
 * @param evidence all that is known now
 */
record Dossier(Device device, Optional<Activation> activation, Evidence evidence) {
  private static final Surroundings AROUND =
      new Surroundings(KmsHostEntity::named, KeyFactEntity::named);

  static Dossier of(Device device, UpdateBaseline baseline, Instant now) {
    FailureEvidence reading = new FailureEvidence(Catalogue.get(), baseline);
    Optional<Trouble.Failure> failure =
        Optional.ofNullable(device.trouble())
            .filter(trouble -> trouble.state() == Trouble.State.FAILING)
            .map(Trouble::last);
    if (failure.isEmpty()) {
      Optional<Activation> licensedBy =
          Optional.ofNullable(device.license().licensedBy()).flatMap(ActivationEntity::named);
      return new Dossier(
          device,
          licensedBy,
          licensedBy
              .map(a -> reading.of(a, device, AROUND, ActivationStage.ATO, null, now))
              .orElseGet(() -> reading.of(device, AROUND, now)));
    }
    Optional<Activation> failed = ActivationEntity.named(RequestIds.of(failure.get().requestId()));
    return new Dossier(
        device,
        failed,
        failed
            .map(
                a ->
                    reading.of(
                        a,
                        device,
                        AROUND,
                        a.failedStage().orElse(ActivationStage.ATO),
                        failure.get().code(),
                        failure.get().at()))
            .orElseGet(() -> reading.of(device, AROUND, now)));
  }
}
