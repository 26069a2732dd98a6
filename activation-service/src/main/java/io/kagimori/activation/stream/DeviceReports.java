package io.kagimori.activation.stream;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.Conclusion;
import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.activation.domain.KmsRequests;
import io.kagimori.activation.domain.ReportRule;
import io.kagimori.activation.domain.RequestIds;
import io.kagimori.activation.domain.UpdateBaseline;
import io.kagimori.activation.domain.UpdateRetries;
import io.kagimori.activation.store.ActivationStore;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code device.reports} in; they change what is known of devices and are not answered. */
@ApplicationScoped
public class DeviceReports implements BatchRule<ActivationBatch> {
  private final ActivationStore store;
  private final ReportRule rule;
  private final UpdateRetries retries;
  private final BatchStep<ActivationBatch> step;
  private final Counter unknownCodes;

  DeviceReports(
      BatchSteps steps,
      ActivationStore store,
      @ConfigProperty(name = UpdateBaseline.SETTING) Optional<UpdateBaseline> baseline,
      MeterRegistry registry) {
    UpdateBaseline wanted = baseline.orElse(UpdateBaseline.NONE);
    this.store = store;
    this.rule = new ReportRule(Catalogue.get(), wanted);
    this.retries = new UpdateRetries(Catalogue.get(), wanted);
    this.step = steps.of("device-reports", this);
    this.unknownCodes = UnknownCodeMeter.of(registry);
  }

  @Incoming("device-reports")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.DEVICE_REPORTED);
  }

  @Override
  public ActivationBatch load(Connection connection, List<Request> requests) throws SQLException {
    ActivationBatch batch = store.batch();
    Set<String> devices =
        requests.stream()
            .map(request -> request.event(DeviceReported.class).deviceId())
            .collect(Collectors.toCollection(TreeSet::new));
    store.lockDevices(connection, devices, batch);
    store.readActivations(connection, waiting(batch, devices, requests.get(0).now()), batch);
    return batch;
  }

  /** The failed requests of devices that wait for updates; mostly none. */
  private static Set<UUID> waiting(ActivationBatch batch, Set<String> devices, Instant now) {
    return devices.stream()
        .map(device -> batch.device(device, now))
        .filter(UpdateRetries::waits)
        .map(device -> RequestIds.of(device.trouble().last().requestId()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Decided decide(ActivationBatch batch, Request request) {
    DeviceReported said = request.event(DeviceReported.class);
    Instant now = request.now();
    rule.unknownCodes(said).forEach(code -> batch.unknownCodes().seen(code, said.deviceId(), now));
    Conclusion conclusion =
        rule.decide(batch.device(said.deviceId(), now), said, request.id(), now);
    Optional<Answer> retry = retry(batch, conclusion.device(), request);
    batch.apply(
        retry
            .map(asked -> conclusion.retried(history(conclusion.device(), asked, now), now))
            .orElse(conclusion));
    ReportRule.base(said)
        .map(DeviceReported.License::kms)
        .map(DeviceReported.Kms::cmid)
        .filter(cmid -> !cmid.isBlank())
        .ifPresent(
            cmid ->
                batch
                    .cmids()
                    .seen(
                        KmsRequests.cmid(cmid),
                        said.deviceId(),
                        said.collectedAt().isAfter(now) ? now : said.collectedAt()));
    return Decided.answers(retry.stream().toList());
  }

  /** The activation that failed for want of updates, asked for again when they are there. */
  private Optional<Answer> retry(ActivationBatch batch, Device device, Request request) {
    if (!UpdateRetries.waits(device)) {
      return Optional.empty();
    }
    return batch
        .activation(RequestIds.of(device.trouble().last().requestId()))
        .flatMap(failed -> retries.due(device, failed))
        .map(
            asked ->
                Answer.of(
                    EventType.ACTIVATION_REQUESTED,
                    EventIds.answer(request.id(), Results.SERVICE, "RETRY"),
                    Results.SERVICE,
                    request.now(),
                    asked));
  }

  private static DeviceHistory history(Device device, Answer asked, Instant now) {
    return DeviceHistory.of(
        device,
        now,
        asked.id(),
        DeviceHistory.ACTIVATION,
        asked.id().toString(),
        "RETRIED_AFTER_UPDATES");
  }

  @Override
  public void store(Connection connection, ActivationBatch batch) throws SQLException {
    store.save(connection, batch);
    unknownCodes.increment((double) batch.unknownCodes().count());
  }
}
