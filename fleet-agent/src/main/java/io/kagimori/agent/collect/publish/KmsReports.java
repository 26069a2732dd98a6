package io.kagimori.agent.collect.publish;

import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.LicenseStatusCode;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsRequestLogged;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes events of a KMS host out of the facts of a text that comes from one. */
final class KmsReports {
  private static final int HANDLED_REQUEST = 12290;
  private static final DateTimeFormatter CLIENT_TIME =
      DateTimeFormatter.ofPattern("uuuu/M/d H:mm[:ss]", Locale.ROOT);

  private KmsReports() {}

  /** What a host says of itself; empty for the text of any other machine. */
  static Optional<KmsHostReported> host(Collected collected, Optional<String> deviceId) {
    FactMap facts = new FactMap(collected.facts());
    Optional<FactMap> host =
        DeviceReports.products(facts).stream()
            .filter(product -> product.isTrue("is_kms_host") && inUse(product))
            .findFirst();
    if (host.isEmpty() && facts.isTrue("is_kms_host") && facts.maps("products").isEmpty()) {
      host = Optional.of(facts);
    }
    return host.map(
        product ->
            new KmsHostReported(
                name(facts, deviceId),
                product.integer("kms_port"),
                product.text("license_status") == null
                    ? null
                    : LicenseStatusCode.LICENSED.words().equals(product.text("license_status")),
                product.integer("kms_current_count"),
                product.text("partial_product_key"),
                product.facts().get("kms_dns_publishing") instanceof Boolean on ? on : null,
                upper(product.text("kms_priority")),
                product.number("activation_interval_minutes"),
                product.number("renewal_interval_minutes"),
                facts.text("service_version")));
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
  private static Instant clientTime(String printed) {
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
