package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts together what several readers found in one text. What comes first stays; two tools that
 * describe the same license give one license.
 */
final class Readings {
  /** What a license is known by. */
  private static final List<String> NAMING = List.of("activation_id", "name");

  /** One machine has a few licenses of a name; a file of thousands is no machine. */
  private static final int CANDIDATES_MAX = 16;

  private final List<Reading> readings = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();

  /** Takes a reading in, unless it found nothing. */
  void add(Reading reading) {
    if (!reading.isEmpty()) {
      addAlways(reading);
    }
  }

  /** Takes a reading in whose part of the text is known, be its values empty or masked all. */
  void addAlways(Reading reading) {
    readings.add(reading);
  }

  /** Takes in a finding that belongs to the text and to no reading; once is enough. */
  void note(Finding finding) {
    if (!notes.contains(finding)) {
      notes.add(finding);
    }
  }

  int size() {
    return readings.size();
  }

  boolean isEmpty() {
    return readings.isEmpty();
  }

  List<Term> wordings() {
    List<Term> all = new ArrayList<>();
    readings.forEach(reading -> all.addAll(reading.wordings()));
    return all;
  }

  Collected collected(String name, String language, List<String> unrecognized) {
    Map<String, Object> facts = new LinkedHashMap<>();
    List<Map<String, Object>> products = products();
    readings.forEach(reading -> reading.facts().forEach(facts::putIfAbsent));
    if (products.size() == 1 && agrees(products.get(0), facts)) {
      products.get(0).forEach(facts::putIfAbsent);
    } else if (!products.isEmpty()) {
      facts.put("products", products);
    }
    List<Map<String, Object>> events = new ArrayList<>();
    readings.forEach(reading -> events.addAll(reading.events()));
    if (!events.isEmpty()) {
      facts.put("events", events);
    }
    List<Finding> findings = new ArrayList<>(notes);
    List<String> left = new ArrayList<>();
    for (Reading reading : readings) {
      findings.addAll(reading.findings());
      left.addAll(reading.unrecognized());
    }
    left.addAll(unrecognized);
    EditionEvidence.conflict(facts, products).ifPresent(findings::add);
    EventPairs.unanswered(events).ifPresent(findings::add);
    List<Kind> kinds = kinds();
    return new Collected(
        name,
        kinds.get(0),
        kinds,
        language,
        facts,
        List.copyOf(findings),
        List.copyOf(left),
        Optional.empty());
  }

  /** A single license and the machine are told in one breath unless they use one name for two. */
  private static boolean agrees(Map<String, Object> product, Map<String, Object> facts) {
    return product.entrySet().stream()
        .allMatch(
            fact -> facts.getOrDefault(fact.getKey(), fact.getValue()).equals(fact.getValue()));
  }

  private List<Kind> kinds() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    readings.forEach(reading -> kinds.add(reading.kind()));
    return List.copyOf(kinds);
  }

  private List<Map<String, Object>> products() {
    List<Map<String, Object>> products = new ArrayList<>();
    Map<Object, List<Map<String, Object>>> byName = new HashMap<>();
    for (Reading reading : readings) {
      List<Map<String, Object>> own = new ArrayList<>();
      for (Map<String, Object> product : reading.products()) {
        Optional<Map<String, Object>> same = same(product, byName);
        if (same.isPresent()) {
          product.forEach(same.get()::putIfAbsent);
        } else {
          own.add(product);
        }
      }
      products.addAll(own);
      for (Map<String, Object> product : own) {
        for (String fact : NAMING) {
          Object name = product.get(fact);
          if (name != null) {
            byName.computeIfAbsent(name, n -> new ArrayList<>()).add(product);
          }
        }
      }
    }
    return products;
  }

  private static Optional<Map<String, Object>> same(
      Map<String, Object> product, Map<Object, List<Map<String, Object>>> byName) {
    return NAMING.stream()
        .map(product::get)
        .filter(byName::containsKey)
        .flatMap(name -> byName.get(name).stream().limit(CANDIDATES_MAX))
        .filter(known -> isSame(known, product))
        .findFirst();
  }

  /** One license seen by two tools: something in common, and nothing in contradiction. */
  private static boolean isSame(Map<String, Object> one, Map<String, Object> other) {
    int alike = 0;
    for (String fact : List.of("activation_id", "name", "partial_product_key", "device")) {
      Object first = one.get(fact);
      Object second = other.get(fact);
      if (first != null && second != null) {
        if (!first.toString().equalsIgnoreCase(second.toString())) {
          return false;
        }
        alike++;
      }
    }
    return alike > 0;
  }
}
