package io.kagimori.agent.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.rest.ServiceClient.Written;
import io.kagimori.agent.simulation.FleetPlan.Agreement;
import io.kagimori.agent.simulation.FleetPlan.Host;
import io.kagimori.agent.simulation.FleetPlan.PoolKey;
import io.kagimori.agent.simulation.Observed.LedgerMove;
import io.kagimori.agent.simulation.Observed.PoolReading;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What a fleet finds when it starts, and what it leaves behind: the REST side of a run. */
final class StackSetUp {
  private static final int WAIT_SECONDS = 20;
  private static final Duration HOST_KNOWN = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);

  private final ServiceClient keys;
  private final ServiceClient activations;

  StackSetUp(Endpoints endpoints) {
    this.keys = new ServiceClient("key-service", endpoints.keyService());
    this.activations = new ServiceClient("activation-service", endpoints.activationService());
  }

  /** The body of a registration; holds a key in full and has no readable form. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Registration(
      String keyId,
      KeyKind kind,
      String productKey,
      List<KeyProduct> products,
      String agreementId,
      long purchased,
      String site,
      Instant expiresAt) {
    @Override
    public String toString() {
      return "registration of " + keyId;
    }
  }

  /** Registers agreements and keys. Ids come from the plan, so a second run changes nothing. */
  void register(FleetPlan plan) {
    for (Agreement agreement : plan.agreements()) {
      post("/agreements", agreement, agreement.agreementId());
    }
    for (PoolKey key : plan.keys()) {
      Registration registration =
          new Registration(
              key.keyId(),
              key.kind(),
              key.productKey().value(),
              key.products(),
              key.agreementId(),
              key.purchased(),
              key.site(),
              key.expiresAt());
      post("/keys", registration, key.keyId());
      if (key.blocked()) {
        post(path(key) + "/block", Map.of("blocked", true), key.keyId() + "/block");
      }
    }
  }

  private void post(String path, Object body, String name) {
    Written written = keys.post(path, body, EventIds.named("registration/" + name), WAIT_SECONDS);
    if (!written.done()) {
      throw CommandFailure.outside(
          "NO_ANSWER",
          "key-service did not register %s within %d seconds.".formatted(name, WAIT_SECONDS),
          null);
    }
  }

  /** Lets the KMS hosts report themselves and waits until activation-service knows them. */
  void reportHosts(FleetPlan plan, EventSender sender) {
    for (Host host : plan.hosts()) {
      sender.publish(
          EventSender.event(
              EventType.KMS_HOST_REPORTED, host.reportId(), Instant.now(), report(host)));
    }
    long deadline = System.nanoTime() + HOST_KNOWN.toNanos();
    for (Host host : plan.hosts()) {
      while (!isKnown(host)) {
        if (System.nanoTime() > deadline) {
          throw CommandFailure.outside(
              "NO_ANSWER",
              "activation-service did not take note of the KMS host %s in time."
                  .formatted(host.host()),
              null);
        }
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }

  private static KmsHostReported report(Host host) {
    return KmsHostReportedBuilder.builder()
        .host(host.host())
        .port(host.port())
        .activated(host.activated())
        .dnsPublishing(true)
        .priority("NORMAL")
        .activationIntervalMinutes(120L)
        .renewalIntervalMinutes(10_080L)
        .build();
  }

  private boolean isKnown(Host host) {
    try {
      JsonNode known = activations.get("/kms-hosts/" + ServiceClient.encoded(host.host()));
      return known.path("activated").asBoolean(!host.activated()) == host.activated();
    } catch (CommandFailure e) {
      if (e.exitCode() == Exit.NO) {
        return false;
      }
      throw e;
    }
  }

  /** What each key's pool holds now. */
  Map<String, PoolReading> pools(FleetPlan plan) {
    Map<String, PoolReading> pools = new LinkedHashMap<>();
    for (PoolKey key : plan.keys()) {
      JsonNode pool = keys.get(path(key));
      pools.put(
          key.keyId(),
          new PoolReading(
              pool.path("purchased").asLong(),
              pool.path("available").asLong(),
              pool.path("reserved").asLong(),
              pool.path("consumed").asLong(),
              pool.path("overdrawn").asLong()));
    }
    return pools;
  }

  /** The entries of each key's ledger. */
  Map<String, List<LedgerMove>> ledgers(FleetPlan plan) {
    Map<String, List<LedgerMove>> ledgers = new LinkedHashMap<>();
    for (PoolKey key : plan.keys()) {
      ledgers.put(
          key.keyId(),
          keys.items(path(key) + "/ledger", Map.of(), Integer.MAX_VALUE).stream()
              .map(
                  entry ->
                      new LedgerMove(
                          account(entry, "from"),
                          account(entry, "to"),
                          entry.path("seats").asLong()))
              .toList());
    }
    return ledgers;
  }

  private static String account(JsonNode entry, String field) {
    return entry.path(field).asText("").toUpperCase(Locale.ROOT);
  }

  private static String path(PoolKey key) {
    return "/keys/" + ServiceClient.encoded(key.keyId());
  }
}
