package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One endless batch: the rules on a state that stays, with neither broker nor database. */
final class World {
  final ActivationBatch batch = new ActivationBatch(Catalogue.get().kmsRules());
  private final GrantRule grants = new GrantRule(Catalogue.get());
  private final AttemptRule attempts;
  private final ReportRule reports;
  private final UpdateRetries retries;

  World() {
    this(UpdateBaseline.NONE);
  }

  World(UpdateBaseline baseline) {
    attempts = new AttemptRule(Catalogue.get(), baseline);
    reports = new ReportRule(Catalogue.get(), baseline);
    retries = new UpdateRetries(Catalogue.get(), baseline);
  }

  ActivationResult ask(KeyVerdict asked, Instant now) {
    Conclusion conclusion =
        grants.decide(batch.situation(asked, now), asked, UUID.randomUUID(), now);
    batch.apply(conclusion);
    return conclusion.answer().orElseThrow();
  }

  ActivationResult ask(KeyVerdict asked) {
    return ask(asked, asked.receivedAt());
  }

  Optional<ActivationResult> hear(ActivationAttempted said, Instant now) {
    Conclusion conclusion =
        attempts.decide(
            batch.activation(RequestIds.of(said.requestId())),
            batch.device(said.deviceId(), now),
            batch.surroundings(),
            said,
            UUID.randomUUID(),
            now);
    batch.apply(conclusion);
    return conclusion.answer();
  }

  /** The report, and the request that it makes due again. */
  Optional<ActivationRequested> report(DeviceReported said, Instant now) {
    Conclusion conclusion =
        reports.decide(batch.device(said.deviceId(), now), said, UUID.randomUUID(), now);
    Device device = conclusion.device();
    Optional<ActivationRequested> again =
        Optional.ofNullable(device.trouble())
            .flatMap(trouble -> batch.activation(RequestIds.of(trouble.last().requestId())))
            .flatMap(failed -> retries.due(device, failed));
    batch.apply(
        again.isEmpty()
            ? conclusion
            : conclusion.retried(
                DeviceHistory.of(
                    device, now, UUID.randomUUID(), DeviceHistory.ACTIVATION, "again", "RETRIED"),
                now));
    return again;
  }

  void hostReported(String host, boolean activated, Instant now) {
    KmsHostReported said =
        KmsHostReportedBuilder.builder().host(host).port(1688).activated(activated).build();
    batch.changed(batch.host(host).orElseGet(() -> KmsHost.unknown(host, now)).reported(said, now));
  }

  List<ActivationResult> tick(Instant now) {
    List<ActivationResult> answers = new ArrayList<>();
    for (Activation activation : batch.activations()) {
      if (activation.dueAt() != null && !activation.dueAt().isAfter(now)) {
        Conclusion conclusion =
            LapseRule.decide(activation, device(activation.deviceId()), UUID.randomUUID(), now);
        batch.apply(conclusion);
        conclusion.answer().ifPresent(answers::add);
      }
    }
    return answers;
  }

  Device device(String deviceId) {
    return batch.device(deviceId, Instant.EPOCH);
  }

  Activation activation(KeyVerdict asked) {
    return batch.activation(RequestIds.of(asked.requestId())).orElseThrow();
  }

  List<DeviceHistory> history(String deviceId) {
    return batch.history().stream().filter(line -> line.deviceId().equals(deviceId)).toList();
  }
}
