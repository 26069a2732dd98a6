package io.kagimori.agent.collect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The facts of one product of a listing, filled line by line. What comes first stays. */
final class ProductFacts {
  private final Vocabulary vocabulary;
  private final List<Finding> findings;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final Map<String, Object> requests = new LinkedHashMap<>();
  private boolean keyLine;
  private boolean rearmSeen;
  private Integer appRearms;

  ProductFacts(Vocabulary vocabulary, List<Finding> findings) {
    this.vocabulary = vocabulary;
    this.findings = findings;
  }

  Map<String, Object> facts() {
    return facts;
  }

  /** Products other than Windows count their own rearms; beside a count of Windows it is none. */
  void settle() {
    put("rearm_count", appRearms);
  }

  boolean isEmpty() {
    return facts.isEmpty() && !keyLine;
  }

  /** True where a product key is installed for the product, be its end shown or masked. */
  boolean inUse() {
    return keyLine;
  }

  /** Takes in a statement or label; false where its value is not understood. */
  boolean take(Entry entry) {
    return entry.isStatement()
        ? takeStatement(entry.term())
        : takeLabel(entry.term(), entry.value());
  }

  private boolean takeStatement(Term term) {
    switch (term.fact()) {
      case "license_in_use", "is_kms_host", "kms_dns_publishing", "kms_host_caching" ->
          put(term.fact(), Boolean.valueOf(term.value()));
      case "kms_host_source" -> put("kms_host_source", term.value());
      default -> {
        return term.isKnownOnly();
      }
    }
    return true;
  }

  private boolean takeLabel(Term term, String value) {
    String fact = term.fact();
    switch (fact) {
      case "name" -> put(fact, Values.text(value));
      case "description" -> takeDescription(value);
      case "activation_id", "application_id", "cmid" -> put(fact, Values.guid(value));
      case "extended_pid", "kms_extended_pid" -> put(fact, Values.extendedPid(value));
      case "installation_id" -> takeInstallationId(value);
      case "product_key_channel" -> put(fact, Values.token(value));
      case "partial_product_key" -> {
        keyLine |= !value.isEmpty();
        put(fact, Values.partialKey(value));
      }
      case "license_status" -> {
        return takeLicenseStatus(value);
      }
      case "license_status_reason" -> put(fact, ErrorCode.leading(value));
      case "expiry:volume", "expiry:timebased", "expiry:avma" -> {
        return takeRemaining(value, fact.substring("expiry:".length()));
      }
      case "remaining_time" -> {
        return takeRemaining(value, null);
      }
      case "evaluation_end" -> put(fact, Values.date(value, false));
      case "trusted_time" -> put(fact, Values.date(value, true));
      case "service_version" -> put(fact, Values.version(value));
      case "rearm_count" -> takeRearmCount(value);
      case "rearm_count:app" -> appRearms = Values.leadingNumber(value);
      case "sku_rearm_count",
          "activation_interval_minutes",
          "renewal_interval_minutes",
          "kms_current_count",
          "kms_port" ->
          put(fact, Values.leadingNumber(value));
      case "kms_host:dns", "kms_host:registered" ->
          takeHost(value, fact.substring("kms_host:".length()));
      case "kms_discovery" -> takeDiscovery(value);
      case "kms_host_ip" -> put(fact, KmsHost.address(value));
      case "kms_host_caching", "kms_dns_publishing" -> {
        return takeSwitch(fact, value);
      }
      case "kms_priority" -> {
        return takeWord(fact, value);
      }
      default -> {
        return takeRequests(fact, value);
      }
    }
    return true;
  }

  private void takeDescription(String value) {
    String description = Values.text(value);
    if (description != null && !facts.containsKey("description")) {
      put("description", description);
      put("channel", Channel.of(description));
    }
  }

  private void takeInstallationId(String value) {
    Values.digits(value)
        .ifPresent(
            digits -> {
              if (Values.isInstallationId(digits)) {
                put("installation_id", digits);
              } else {
                findings.add(
                    new Finding(
                        Finding.IID_MALFORMED, digits.length() + " digits instead of 54 or 63"));
              }
            });
  }

  private boolean takeLicenseStatus(String value) {
    if (value.isEmpty() || Values.isMasked(value, 3)) {
      return true;
    }
    Term word = vocabulary.word("license_status", value);
    int bracket = Math.max(value.indexOf('('), value.indexOf('（'));
    if (word == null && bracket > 0) {
      word = vocabulary.word("license_status", value, 0, bracket);
    }
    if (word == null) {
      return false;
    }
    if (!facts.containsKey("license_status")) {
      put("license_status", word.value());
      if (!word.in("en")) {
        put("license_status_printed", withoutStop(value));
      }
    }
    return true;
  }

  private static String withoutStop(String value) {
    char last = value.charAt(value.length() - 1);
    return last == '.' || last == '。' ? Lines.trim(value.substring(0, value.length() - 1)) : value;
  }

  /** Minutes and days; a date in their place belongs to {@code /xpr}. */
  private boolean takeRemaining(String value, String kind) {
    if (Values.date(value, true) != null) {
      return false;
    }
    Integer minutes = Values.leadingNumber(value);
    if (minutes != null && !facts.containsKey("remaining_minutes")) {
      put("remaining_minutes", minutes);
      put("remaining_days_printed", Values.number(value, 1));
      put("expiration_kind", kind);
    }
    return true;
  }

  /** German prints both counts under the label of the first; the second one is that of the SKU. */
  private void takeRearmCount(String value) {
    put(rearmSeen ? "sku_rearm_count" : "rearm_count", Values.leadingNumber(value));
    rearmSeen = true;
  }

  private void takeHost(String value, String source) {
    if (value.isEmpty()) {
      return;
    }
    KmsHost host = KmsHost.parse(value);
    if (host.name() == null && host.port() == null && !Values.isMasked(value, 3)) {
      return;
    }
    boolean fixed = source.equals("registered") && "dns".equals(facts.get("kms_host_source"));
    if (fixed && host.name() != null) {
      // A host fixed on the client wins over one found through DNS.
      facts.remove("kms_host");
      facts.remove("kms_port");
    }
    if (fixed || "none".equals(facts.get("kms_host_source"))) {
      facts.remove("kms_host_source");
    }
    put("kms_host", host.name());
    put("kms_port", host.port());
    put("kms_host_source", source);
  }

  /** What follows is a sentence telling that no KMS name was found. */
  private void takeDiscovery(String value) {
    if (value.contains("KMS") && !Values.isMasked(value, 3)) {
      put("kms_host_source", "none");
    }
  }

  private boolean takeSwitch(String fact, String value) {
    Term word = vocabulary.word("switch", value);
    if (word != null) {
      put(fact, word.value().equals("on"));
    }
    return word != null || value.isEmpty();
  }

  private boolean takeWord(String fact, String value) {
    Term word = vocabulary.word(fact, value);
    if (word != null) {
      put(fact, word.value());
    }
    return word != null || value.isEmpty();
  }

  private boolean takeRequests(String fact, String value) {
    if (!fact.startsWith("kms_requests.")) {
      return fact.equals("-");
    }
    Integer count = Values.leadingNumber(value);
    if (count != null) {
      requests.putIfAbsent(fact.substring("kms_requests.".length()), count);
      facts.put("kms_requests", requests);
    }
    return true;
  }

  private void put(String fact, Object value) {
    if (value != null) {
      facts.putIfAbsent(fact, value);
    }
  }
}
