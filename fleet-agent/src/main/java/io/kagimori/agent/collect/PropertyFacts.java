package io.kagimori.agent.collect;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The facts of one object, given as names and values: a row of an export, a CIM instance, a JSON
 * object. The licensing service writes 4294967295 and the year 1601 where it has nothing to say.
 */
final class PropertyFacts {
  private static final Vocabulary VOCABULARY = Vocabulary.shipped();
  private static final long NONE = 0xFFFF_FFFFL;

  /** Length of the end of a product key that tools show. */
  private static final int KEY_END = 5;

  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final Map<String, Object> requests = new LinkedHashMap<>();
  private final Map<String, String> hosts = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  private PropertyFacts() {}

  /** The facts of these properties; unknown names are passed over. */
  static Map<String, Object> of(Map<String, String> properties) {
    PropertyFacts read = new PropertyFacts();
    properties.forEach(
        (name, value) -> {
          PropertyNames.Meaning meaning = PropertyNames.meaning(name);
          if (meaning != null) {
            read.take(meaning.fact(), Values.clean(value, 0));
          }
        });
    read.settleHost();
    return read.facts;
  }

  private void take(String fact, String value) {
    if (value.isEmpty() || isNothing(value)) {
      return;
    }
    int colon = fact.indexOf(':');
    if (colon > 0) {
      takeHost(fact.substring(0, colon), fact.substring(colon + 1), value);
      return;
    }
    switch (fact) {
      case "name",
          "license_family",
          "device",
          "product_version",
          "confirmation_id",
          "os_name",
          "os_version",
          "product_id",
          "full_name",
          "operation",
          "error_message",
          "last_action" ->
          put(fact, whole(value));
      case "description" -> {
        put(fact, whole(value));
        put("channel", whole(value) == null ? null : Channel.of(value));
      }
      case "activation_id", "application_id", "cmid", "license_depends_on", "esu_activation_id" ->
          put(fact, Values.guid(value));
      case "product_key_channel", "kms_lookup_domain" ->
          put(fact, whole(value) == null ? null : Values.token(value));
      case "product_key_type" ->
          // The number of a type means something to the tool alone.
          put(fact, whole(value) == null || count(value) != null ? null : Values.token(value));
      case "extended_pid", "kms_extended_pid" -> put(fact, Values.extendedPid(value));
      case "installation_id" ->
          Values.digits(value).filter(Values::isInstallationId).ifPresent(id -> put(fact, id));
      case "partial_product_key" -> put(fact, Values.partialKey(value));
      case "whole_key" ->
          put(
              "partial_product_key",
              value.length() == KEY_END ? Values.partialKey(value) : ProductKeys.lastFive(value));
      case "license_status" -> takeStatus(value);
      case "license_status_reason", "error_code" -> put(fact, Numbers.code(value));
      case "is_addon",
          "is_kms_host",
          "kms_dns_publishing",
          "kms_host_caching",
          "succeeded",
          "restart_required",
          "is_oem",
          "is_trial" ->
          put(fact, Numbers.truth(value));
      case "kms_low_priority" -> {
        Boolean low = Numbers.truth(value);
        put("kms_priority", low == null ? null : low ? "Low" : "Normal");
      }
      case "evaluation_end", "trusted_time", "grace_expiration", "status_updated", "activated_on" ->
          put(fact, Numbers.isNever(value) ? null : Values.date(value, false));
      case "kms_host_ip" -> put(fact, KmsHost.address(value));
      case "service_version" -> put(fact, Values.version(value));
      case "remaining_time" -> {
        put("remaining_minutes", Values.leadingNumber(value));
        put("remaining_days_printed", Values.number(value, 1));
      }
      case "genuine_status" -> {
        Integer number = count(value);
        put(fact, number == null ? whole(value) : number);
      }
      case "-" -> {}
      default -> takeNumber(fact, value);
    }
  }

  private void takeNumber(String fact, String value) {
    Integer counted = count(value);
    boolean withUnit = counted == null && value.indexOf(' ') > 0;
    Integer number = withUnit ? Values.leadingNumber(value) : counted;
    if (number == null) {
      return;
    }
    if (fact.startsWith("kms_requests.")) {
      requests.putIfAbsent(fact.substring("kms_requests.".length()), number);
      facts.put("kms_requests", requests);
    } else {
      put(fact, number);
    }
  }

  private void takeStatus(String value) {
    Integer number = count(value);
    if (number != null) {
      LicenseStatusCode.ofCode(number)
          .ifPresent(
              status -> {
                put("license_status_code", status.code());
                put("license_status", status.words());
              });
      return;
    }
    Term word = VOCABULARY.word("license_status", value);
    put("license_status", word == null ? null : word.value());
    put("license_status_printed", word == null || word.in("en") ? null : value);
  }

  private void takeHost(String fact, String source, String value) {
    if (fact.equals("kms_port")) {
      Integer port = count(value);
      if (port != null && port > 0 && port <= 65535) {
        ports.putIfAbsent(source, port);
      }
      return;
    }
    KmsHost host = KmsHost.parse(value);
    if (host.name() != null) {
      hosts.putIfAbsent(source, host.name());
    }
    if (host.port() != null) {
      ports.putIfAbsent(source, host.port());
    }
  }

  /** A host fixed on the client wins over one found through DNS. */
  private void settleHost() {
    for (String source : new String[] {"registered", "used", "dns"}) {
      if (hosts.containsKey(source)) {
        put("kms_host", hosts.get(source));
        put("kms_port", ports.get(source));
        put("kms_host_source", source.equals("used") ? null : source);
        break;
      }
    }
    put("kms_port", ports.get("listening"));
    for (String source : new String[] {"registered", "used", "dns"}) {
      put("kms_port", ports.get(source));
    }
  }

  /** A whole number; null for what the service writes for none. */
  private static Integer count(String value) {
    Long number = Numbers.whole(value);
    return number == null || number == NONE || number < 0 || number > Integer.MAX_VALUE
        ? null
        : number.intValue();
  }

  /** A text that was not cut off at the edge of a table. */
  private static String whole(String value) {
    return value.endsWith("...") || value.endsWith("…") ? null : Values.text(value);
  }

  private static boolean isNothing(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "null", "n/a", "not set", "$null", "none", "{}", "nan", "unknown" -> true;
      default -> false;
    };
  }

  private void put(String fact, Object value) {
    if (value != null) {
      facts.putIfAbsent(fact, value);
    }
  }
}
