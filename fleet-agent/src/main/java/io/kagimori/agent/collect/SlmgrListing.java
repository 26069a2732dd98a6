package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code slmgr /dli}, {@code /dlv} and {@code /dlv all} print. */
final class SlmgrListing {
  /** Facts of {@code /dlv} only; the name of one of them tells the two kinds apart. */
  private static final Set<String> DETAILED =
      Set.of(
          "service_version",
          "activation_id",
          "application_id",
          "extended_pid",
          "product_key_channel",
          "installation_id",
          "rearm_count",
          "sku_rearm_count",
          "trusted_time");

  /** Wordings that other programs use too; one of them alone makes no listing. */
  private static final Set<String> COMMON =
      Set.of(
          "activation_id",
          "application_id",
          "trusted_time",
          "remaining_time",
          "license_status_reason",
          "kms_port",
          "kms_current_count",
          "activation_interval_minutes",
          "renewal_interval_minutes",
          "kms_discovery");

  private static final int ENOUGH = 2;

  /** How far behind a name its description or another sure label may stand. */
  private static final int NAME_REACH = 4;

  private final Vocabulary vocabulary;
  private final List<Entry> entries;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Entry> left = new ArrayList<>();
  private final List<ProductFacts> products = new ArrayList<>();
  private final Map<String, Object> general = new LinkedHashMap<>();
  private final List<Map<String, Object>> activationObjects = new ArrayList<>();
  private ProductFacts current;
  private boolean inActivationObject;
  private boolean detailed;
  private int evidence;

  private SlmgrListing(Vocabulary vocabulary, List<Entry> entries) {
    this.vocabulary = vocabulary;
    this.entries = entries;
  }

  /** The listing in these lines; empty where they hold none. */
  static Optional<SlmgrListing> read(Vocabulary vocabulary, List<Entry> entries) {
    SlmgrListing listing = new SlmgrListing(vocabulary, entries);
    listing.readAll();
    return listing.evidence < ENOUGH ? Optional.empty() : Optional.of(listing);
  }

  /** Lines that are no part of the listing. */
  List<Entry> left() {
    return left;
  }

  private void readAll() {
    startProduct();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.isKnown() && !entry.propertyStyle() && take(entry, i)) {
        detailed |= DETAILED.contains(entry.term().fact());
      } else {
        left.add(entry);
      }
    }
  }

  private boolean take(Entry entry, int index) {
    if (takeActivationObject(entry)) {
      evidence += ENOUGH;
      return true;
    }
    if (entry.isLabel("name")) {
      if (!opensProduct(index)) {
        return false;
      }
      startProduct();
    } else if (entry.isLabel("description") && !isDescription(index)) {
      return false;
    } else if (entry.isLabel("service_version")) {
      String version = Values.version(entry.value());
      if (version != null) {
        general.putIfAbsent("service_version", version);
      }
      evidence += ENOUGH;
      return true;
    }
    boolean taken = current.take(entry);
    if (taken && isSure(entry)) {
      evidence += COMMON.contains(entry.term().fact()) ? 1 : ENOUGH;
    } else if (taken && current.facts().containsKey("channel")) {
      evidence += ENOUGH;
    }
    return taken;
  }

  /** What {@code /ao-list} prints belongs to an object of the directory and to no license here. */
  private boolean takeActivationObject(Entry entry) {
    if (entry.isLabel("activation_object")) {
      Map<String, Object> object = new LinkedHashMap<>();
      if (Values.text(entry.value()) != null) {
        object.put("name", Values.text(entry.value()));
      }
      activationObjects.add(object);
      inActivationObject = true;
      return true;
    }
    boolean identifies = entry.isLabel("extended_pid") || entry.isLabel("activation_id");
    inActivationObject &= identifies || entry.term().isKnownOnly();
    if (!inActivationObject || !identifies) {
      return false;
    }
    String value =
        entry.isLabel("activation_id")
            ? Values.guid(entry.value())
            : Values.extendedPid(entry.value());
    if (value != null) {
      activationObjects.get(activationObjects.size() - 1).putIfAbsent(entry.term().fact(), value);
    }
    return true;
  }

  private void startProduct() {
    if (current == null || !current.isEmpty()) {
      current = new ProductFacts(vocabulary, findings);
      products.add(current);
    }
  }

  /** "Name:" stands in front of many things; a license follows it up with more. */
  private boolean opensProduct(int index) {
    int reach = Math.min(entries.size(), index + 1 + NAME_REACH);
    for (int i = index + 1; i < reach; i++) {
      Entry entry = entries.get(i);
      if (entry.isLabel("name")) {
        return false;
      }
      if (isSure(entry) || (entry.isLabel("description") && Channel.of(entry.value()) != null)) {
        return true;
      }
    }
    return index > 0 && entries.get(index - 1).isLabel("service_version");
  }

  private boolean isDescription(int index) {
    for (int i = index - 1; i >= 0 && i >= index - 2; i--) {
      if (entries.get(i).isLabel("name")) {
        return current.facts().containsKey("name") || opensProduct(i);
      }
    }
    return Channel.of(entries.get(index).value()) != null;
  }

  private static boolean isSure(Entry entry) {
    if (!entry.isKnown() || entry.propertyStyle() || entry.term().isKnownOnly()) {
      return false;
    }
    String fact = entry.term().fact();
    return switch (fact) {
      case "name",
          "description",
          "error",
          "activating",
          "xpr",
          "message",
          "message_failed",
          "restart_required" ->
          false;
      default -> true;
    };
  }

  Reading reading() {
    products.forEach(ProductFacts::settle);
    List<ProductFacts> filled = products.stream().filter(p -> !p.isEmpty()).toList();
    Reading reading = new Reading(detailed ? Kind.SLMGR_DLV : Kind.SLMGR_DLI);
    reading.facts().putAll(general);
    if (!activationObjects.isEmpty()) {
      reading.facts().put("activation_objects", activationObjects);
    }
    filled.forEach(product -> reading.products().add(product.facts()));
    if (filled.size() > 1) {
      addUseFindings(filled);
    }
    reading.findings().addAll(findings);
    return reading;
  }

  private void addUseFindings(List<ProductFacts> listed) {
    long inUse = listed.stream().filter(ProductFacts::inUse).count();
    if (inUse == 0) {
      findings.add(new Finding(Finding.NO_LICENSE_IN_USE, "0 of " + listed.size() + " products"));
    } else if (inUse > 1) {
      findings.add(
          new Finding(
              Finding.SEVERAL_LICENSES_IN_USE, inUse + " of " + listed.size() + " products"));
    }
  }
}
