package io.kagimori.agent.collect.publish;

import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.LicenseStatusCode;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsHostReported.Logged;
import io.kagimori.contracts.event.KmsHostReported.Requests;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import io.kagimori.contracts.event.KmsRequestLogged;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes events of a KMS host out of the facts of a text that comes from one. */
final class KmsReports {
  private static final int HANDLED_REQUEST = 12290;

  /** Writing of the SRV record failed, and succeeded; only KMS hosts log these. */
  private static final Set<Integer> PUBLISHING = Set.of(12_293, 12_294);

  /** The licensing service starts, and has started; every Windows logs these. */
  private static final Set<Integer> SERVICE_STARTED = Set.of(900, 902);

  private static final DateTimeFormatter CLIENT_TIME =
      DateTimeFormatter.ofPattern("uuuu/M/d H:mm[:ss]", Locale.ROOT);

  private KmsReports() {}

  /**
   * What hosts say of themselves in listings and in their logs, one report a host; empty for the
   * text of any other machine.
   *
   * @param at when the text was read there
   */
  static List<KmsHostReported> hosts(Collected collected, Optional<String> deviceId, Instant at) {
    FactMap facts = new FactMap(collected.facts());
    Map<String, List<Logged>> logs = logs(facts, deviceId, at);
    List<KmsHostReported> reports = new ArrayList<>();
    listing(facts)
        .map(product -> listed(facts, product, deviceId, at, logs))
        .ifPresent(reports::add);
    reports.forEach(report -> logs.remove(report.host()));
    logs.forEach((host, events) -> reports.add(logged(host, at, events)));
    return reports;
  }

  /** The facts of the product that is activated as a host key. */
  private static Optional<FactMap> listing(FactMap facts) {
    Optional<FactMap> host =
        DeviceReports.products(facts).stream()
            .filter(product -> product.isTrue("is_kms_host") && inUse(product))
            .findFirst();
    boolean alone = facts.isTrue("is_kms_host") && facts.maps("products").isEmpty();
    return host.isEmpty() && alone ? Optional.of(facts) : host;
  }

  private static KmsHostReported listed(
      FactMap facts,
      FactMap product,
      Optional<String> deviceId,
      Instant at,
      Map<String, List<Logged>> logs) {
    String host = name(facts, deviceId);
    return KmsHostReportedBuilder.builder()
        .host(host)
        .port(product.integer("kms_port"))
        .activated(
            product.text("license_status") == null
                ? null
                : LicenseStatusCode.LICENSED.words().equals(product.text("license_status")))
        .currentCount(product.integer("kms_current_count"))
        .partialKey(product.text("partial_product_key"))
        .dnsPublishing(product.facts().get("kms_dns_publishing") instanceof Boolean on ? on : null)
        .priority(upper(product.text("kms_priority")))
        .activationIntervalMinutes(product.number("activation_interval_minutes"))
        .renewalIntervalMinutes(product.number("renewal_interval_minutes"))
        .serviceVersion(facts.text("service_version"))
        .collectedAt(at)
        .serviceName(facts.text("service_name"))
        .configuredBy(facts.text("configured_by"))
        .requests(product.map("kms_requests").map(KmsReports::requests).orElse(null))
        .events(logs.get(host))
        .build();
  }

  private static KmsHostReported logged(String host, Instant at, List<Logged> events) {
    return KmsHostReportedBuilder.builder().host(host).collectedAt(at).events(events).build();
  }

  private static Requests requests(FactMap counters) {
    return new Requests(
        counters.number("total"),
        counters.number("failed"),
        counters.number("unlicensed"),
        counters.number("licensed"),
        counters.number("initial_grace"),
        counters.number("expired_or_oot"),
        counters.number("non_genuine_grace"),
        counters.number("notification"));
  }

  /** The newest events of each host that tell of its SRV record and of its service. */
  private static Map<String, List<Logged>> logs(
      FactMap facts, Optional<String> deviceId, Instant at) {
    Map<String, List<Logged>> logs = new LinkedHashMap<>();
    List<FactMap> events = facts.maps("events");
    for (FactMap event : events) {
      if (PUBLISHING.contains(event.integer("event_id"))) {
        logs.putIfAbsent(name(event, deviceId), new ArrayList<>());
      }
    }
    for (FactMap event : events) {
      Integer id = event.integer("event_id");
      boolean telling = PUBLISHING.contains(id) || SERVICE_STARTED.contains(id);
      List<Logged> log = telling ? logs.get(name(event, deviceId)) : null;
      if (log != null && log.size() < KmsHostReported.EVENTS_MAX) {
        log.add(
            new Logged(
                id, loggedAt(event, at), event.text("error_code"), event.text("dns_domain")));
      }
    }
    return logs;
  }

  /** A time without its offset could be any of a day; then the event is as old as its reading. */
  private static Instant loggedAt(FactMap event, Instant readAt) {
    try {
      Instant at = event.text("date") == null ? readAt : Instant.parse(event.text("date"));
      return at.isAfter(readAt) ? readAt : at;
    } catch (DateTimeParseException e) {
      return readAt;
    }
  }

  private static boolean inUse(FactMap product) {
    return !Boolean.FALSE.equals(product.facts().get("license_in_use"));
  }

  /** The requests that a host logged; those whose client hides its machine ID are none. */
  static List<KmsRequestLogged> requests(Collected collected, Optional<String> deviceId) {
    return new FactMap(collected.facts())
        .maps("events").stream()
            .filter(event -> Integer.valueOf(HANDLED_REQUEST).equals(event.integer("event_id")))
            .filter(event -> event.text("cmid") != null)
            .map(event -> request(event, deviceId))
            .toList();
  }

  private static KmsRequestLogged request(FactMap event, Optional<String> deviceId) {
    return new KmsRequestLogged(
        name(event, deviceId),
        event.text("cmid"),
        event.text("client_name"),
        event.integer("required_count"),
        event.text("error_code"),
        event.integer("license_status_code"),
        event.number("remaining_minutes"),
        clientTime(event.text("client_time")));
  }

  /** The host named in the text itself, else the device it was collected on. */
  private static String name(FactMap facts, Optional<String> deviceId) {
    return Optional.ofNullable(facts.text("computer"))
        .or(() -> Optional.ofNullable(facts.text("device")))
        .or(() -> deviceId)
        .orElseThrow(MissingDeviceException::new);
  }

  /** Clients write their clock in UTC, year first. */
  static Instant clientTime(String printed) {
    try {
      return printed == null
          ? null
          : LocalDateTime.parse(printed, CLIENT_TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String upper(String word) {
    return word == null ? null : word.toUpperCase(Locale.ROOT);
  }
}
