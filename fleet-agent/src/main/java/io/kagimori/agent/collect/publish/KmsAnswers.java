package io.kagimori.agent.collect.publish;

import io.kagimori.agent.collect.Collected;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeBuilder;
import io.kagimori.contracts.event.ProbeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the log of a KMS client tells of its hosts: whether the newest request to each (event 12288)
 * got its answer (12289). It becomes evidence on the device, as a probe does, and tells nothing of
 * the license.
 */
final class KmsAnswers {
  private static final Integer ASKED = 12288;
  private static final Integer ANSWERED = 12289;

  private KmsAnswers() {}

  /** A host as a client asked it. */
  private record Host(String name, Integer port) {}

  /**
   * The reports, one for each client; none where the text has no request of a client.
   *
   * @param collected the facts
   * @param deviceId the device the text comes from, where known
   * @param collectedAt when it was read there
   */
  static List<DeviceReported> of(
      Collected collected, Optional<String> deviceId, Instant collectedAt) {
    Map<String, List<FactMap>> clients = clients(collected, deviceId);
    List<DeviceReported> reports = new ArrayList<>();
    clients.forEach(
        (client, events) -> {
          List<Probe> probes = probes(events, collectedAt);
          if (!probes.isEmpty()) {
            reports.add(DeviceReported.byOperator(client, collectedAt, probes, null));
          }
        });
    return reports;
  }

  /** The events of each client. The log of a single computer belongs to the device it came from. */
  private static Map<String, List<FactMap>> clients(
      Collected collected, Optional<String> deviceId) {
    List<FactMap> events =
        new FactMap(collected.facts())
            .maps("events").stream()
                .filter(event -> isOf(event, ASKED) || isOf(event, ANSWERED))
                .toList();
    Set<String> computers =
        events.stream()
            .map(event -> event.text("computer"))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Map<String, List<FactMap>> clients = new LinkedHashMap<>();
    for (FactMap event : events) {
      Optional<String> named = Optional.ofNullable(event.text("computer"));
      Optional<String> client =
          computers.size() > 1 ? named.or(() -> deviceId) : deviceId.or(() -> named);
      client.ifPresent(id -> clients.computeIfAbsent(id, c -> new ArrayList<>()).add(event));
    }
    return clients;
  }

  private static List<Probe> probes(List<FactMap> events, Instant collectedAt) {
    Map<Host, FactMap> newest = new LinkedHashMap<>();
    Comparator<FactMap> byTime = Comparator.comparing(event -> at(event, collectedAt));
    for (FactMap event : events) {
      if (isOf(event, ASKED) && event.text("kms_host") != null) {
        Host host = new Host(event.text("kms_host"), event.integer("kms_port"));
        newest.merge(host, event, (a, b) -> byTime.compare(a, b) < 0 ? b : a);
      }
    }
    return newest.entrySet().stream()
        .limit(Probe.MAX)
        .map(asked -> probe(asked.getKey(), asked.getValue(), events, collectedAt))
        .toList();
  }

  private static Probe probe(Host host, FactMap asked, List<FactMap> events, Instant collectedAt) {
    return ProbeBuilder.builder()
        .kind(ProbeKind.KMS_RESPONSE)
        .succeeded(isAnswered(asked, events))
        .target(host.name())
        .port(host.port())
        .code(asked.text("error_code"))
        .at(at(asked, collectedAt))
        .build();
  }

  /** Both events carry the client's time; where one has none, any answer will do. */
  private static boolean isAnswered(FactMap asked, List<FactMap> events) {
    String time = asked.text("client_time");
    return events.stream()
        .filter(event -> isOf(event, ANSWERED))
        .map(event -> event.text("client_time"))
        .anyMatch(answered -> time == null || answered == null || answered.equals(time));
  }

  private static Instant at(FactMap event, Instant collectedAt) {
    Instant at = KmsReports.clientTime(event.text("client_time"));
    return at == null || at.isAfter(collectedAt) ? collectedAt : at;
  }

  private static boolean isOf(FactMap event, Integer id) {
    return id.equals(event.integer("event_id"));
  }
}
