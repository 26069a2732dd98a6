package io.kagimori.agent.collect.publish;

import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.Kind;
import io.kagimori.agent.collect.LicenseStatusCode;
import io.kagimori.contracts.event.DeviceReported;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the report of a device out of the facts of a text. */
public final class DeviceReports {
  private static final String SLMGR = "SLMGR";

  private DeviceReports() {}

  /**
   * The report; absent when the text lists no license, as the short answers of commands do not.
   *
   * @param deviceId the device the text comes from
   * @param collectedAt when it was read there
   */
  public static Optional<DeviceReported> of(
      Collected collected, String deviceId, Instant collectedAt) {
    if (collected.kind() != Kind.SLMGR_DLI && collected.kind() != Kind.SLMGR_DLV) {
      return Optional.empty();
    }
    List<DeviceReported.License> licenses =
        products(collected.facts()).stream().map(facts -> license(new FactMap(facts))).toList();
    return Optional.of(
        new DeviceReported(
            deviceId, collectedAt, SLMGR, null, null, collected.language(), licenses, null, null));
  }

  @SuppressWarnings("unchecked") // "products" is a list of fact maps, see Collected#facts
  private static List<Map<String, Object>> products(Map<String, Object> facts) {
    Object products = facts.get("products");
    return products == null ? List.of(facts) : (List<Map<String, Object>>) products;
  }

  private static DeviceReported.License license(FactMap facts) {
    return new DeviceReported.License(
        facts.text("name"),
        facts.text("channel"),
        facts.text("activation_id"),
        facts.text("application_id"),
        facts.text("partial_product_key"),
        Optional.ofNullable(facts.text("license_status"))
            .flatMap(LicenseStatusCode::ofWords)
            .map(LicenseStatusCode::code)
            .orElse(null),
        facts.text("license_status_reason"),
        facts.number("remaining_minutes"),
        facts.text("extended_pid"),
        facts.text("installation_id"),
        facts.integer("rearm_count"),
        kms(facts));
  }

  private static DeviceReported.Kms kms(FactMap facts) {
    String host = facts.text("kms_host");
    String source = facts.text("kms_host_source");
    DeviceReported.Kms kms =
        new DeviceReported.Kms(
            facts.text("cmid"),
            source == null ? host : null,
            "registered".equals(source) ? host : null,
            "dns".equals(source) ? host : null,
            facts.integer("kms_port"),
            facts.number("activation_interval_minutes"),
            facts.number("renewal_interval_minutes"));
    boolean empty = kms.equals(new DeviceReported.Kms(null, null, null, null, null, null, null));
    return empty ? null : kms;
  }

  /** Facts by name, absent ones as null, which is how events leave a field out. */
  private record FactMap(Map<String, Object> facts) {
    String text(String name) {
      Object value = facts.get(name);
      return value == null ? null : value.toString();
    }

    Integer integer(String name) {
      return facts.get(name) instanceof Number number ? number.intValue() : null;
    }

    Long number(String name) {
      return facts.get(name) instanceof Number number ? number.longValue() : null;
    }
  }
}
