package io.kagimori.agent.simulation;

import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.cloudevents.DeadLetterReason;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything a simulated fleet does, settled before it starts. Waves follow each other only when
 * the one before is answered to its end, so that what is decided does not hang on who is faster;
 * inside a wave everything may happen at once.
 *
 * @param name begins every id of the run
 * @param devices how many devices the fleet has
 * @param agreements to register
 * @param keys to register
 * @param hosts KMS hosts, which report themselves first
 * @param waves requests
 * @param badRecords records that belong to the dead letters, sent with the first wave
 */
public record FleetPlan(
    String name,
    int devices,
    List<Agreement> agreements,
    List<PoolKey> keys,
    List<Host> hosts,
    List<List<Ask>> waves,
    List<Bad> badRecords) {

  public FleetPlan {
    agreements = List.copyOf(agreements);
    keys = List.copyOf(keys);
    hosts = List.copyOf(hosts);
    waves = waves.stream().map(List::copyOf).toList();
    badRecords = List.copyOf(badRecords);
  }

  /** An agreement. */
  public record Agreement(String agreementId, AgreementProgram program, long windowsOrders) {}

  /**
   * A key, made up for this run.
   *
   * @param expiresAt end date; null for none
   * @param blocked whether an operator blocks it right after registration
   */
  public record PoolKey(
      String keyId,
      KeyKind kind,
      ProductKey productKey,
      List<KeyProduct> products,
      String agreementId,
      long purchased,
      String site,
      Instant expiresAt,
      boolean blocked) {}

  /** A KMS host. */
  public record Host(String host, int port, boolean activated, UUID reportId) {}

  /** What a granted device makes of its grant. */
  public enum Fate {
    SUCCEEDS,
    FAILS,
    STAYS_SILENT
  }

  /**
   * A request.
   *
   * @param id its id
   * @param event what it says
   * @param clockOff how far the device's clock is ahead
   * @param copies how often the same event is sent
   * @param fate what comes after a grant
   * @param failureCode canonical code of the failure, when it fails
   * @param reports what the agent reports after a grant
   */
  public record Ask(
      UUID id,
      ActivationRequested event,
      Duration clockOff,
      int copies,
      Fate fate,
      String failureCode,
      List<Report> reports) {
    public Ask {
      reports = List.copyOf(reports);
    }
  }

  /**
   * A report of an agent.
   *
   * @param id its event id
   * @param event what it says
   * @param copies how often the same event is sent
   */
  public record Report(UUID id, ActivationAttempted event, int copies) {}

  /**
   * A record that nobody can answer.
   *
   * @param id its event id
   * @param deviceId record key
   * @param body bytes as text
   * @param reason why it must end as a dead letter
   */
  public record Bad(UUID id, String deviceId, String body, DeadLetterReason reason) {}

  /** Every request of every wave. */
  public Stream<Ask> asks() {
    return waves.stream().flatMap(List::stream);
  }
}
