package io.kagimori.contracts.diagnosis;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Cause;
import io.kagimori.contracts.catalogue.Causes;
import io.kagimori.contracts.catalogue.ErrorCodes;
import io.kagimori.contracts.catalogue.FindingKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ranks causes. Each code gives its causes a weight, each finding multiplies the weights of the
 * causes it speaks for or against, and the confidence of a cause is its share of all weights, with
 * a share left for what nobody thought of. Pure; the same evidence gives the same list.
 */
public final class Diagnosis {
  /** Weight of a cause that no code names but a finding speaks for. */
  private static final double UNNAMED = 2;

  /** A finding this strong brings in a cause that no code names. */
  private static final double SPEAKS_FOR_ITSELF = 10;

  /** Weight of what nobody thought of. */
  private static final double OTHER = 10;

  /** A cause less likely than this is not worth a look before all others. */
  private static final double SHOWN_MIN = 0.01;

  private static final int SHOWN_MAX = 8;

  private final ErrorCodes codes;
  private final Causes causes;
  private final EvidenceReading reading;

  public Diagnosis(Catalogue catalogue) {
    codes = catalogue.errorCodes();
    causes = catalogue.causes();
    reading = new EvidenceReading(catalogue);
  }

  /** What the evidence shows, whether or not it speaks for a cause. */
  public List<Finding> findings(Evidence evidence) {
    return reading.read(evidence);
  }

  /** Causes, most likely first; empty where neither a code nor a finding names one. */
  public List<RankedCause> rank(Evidence evidence) {
    List<Finding> findings = reading.read(evidence);
    Map<String, Double> weights = new LinkedHashMap<>();
    evidence.codes().stream()
        .map(codes::resolve)
        .distinct()
        .forEach(
            code -> causes.weights(code).forEach((id, w) -> weights.merge(id, w, Double::sum)));
    Set<FindingKind> kinds = new LinkedHashSet<>();
    findings.forEach(finding -> kinds.add(finding.finding()));
    kinds.forEach(kind -> weigh(weights, kind));
    double total = OTHER + weights.values().stream().mapToDouble(w -> w).sum();
    List<RankedCause> ranked = new ArrayList<>();
    weights.entrySet().stream()
        // Stable, so that causes of equal weight keep the order of the catalogue.
        .sorted(Comparator.comparing(entry -> -entry.getValue()))
        .limit(SHOWN_MAX)
        .forEach(
            entry -> {
              double confidence = Math.round(entry.getValue() / total * 100) / 100.0;
              if (confidence >= SHOWN_MIN || ranked.isEmpty()) {
                ranked.add(ranked(ranked.size() + 1, entry.getKey(), confidence, findings));
              }
            });
    return List.copyOf(ranked);
  }

  private void weigh(Map<String, Double> weights, FindingKind kind) {
    causes
        .factors(kind)
        .forEach(
            (id, factor) -> {
              if (weights.containsKey(id) || factor >= SPEAKS_FOR_ITSELF) {
                weights.merge(id, UNNAMED * factor, (weight, ignored) -> weight * factor);
              }
            });
  }

  private RankedCause ranked(int rank, String id, double confidence, List<Finding> findings) {
    Cause cause = causes.find(id).orElseThrow();
    return new RankedCause(
        rank,
        id,
        confidence,
        cause.titleEn(),
        cause.titleJa(),
        findings.stream().filter(f -> supports(f, id)).toList(),
        findings.stream().filter(f -> factor(f, id) < 1).toList(),
        cause.commands());
  }

  private boolean supports(Finding finding, String id) {
    if (finding.finding() == FindingKind.CODE) {
      String code = (String) finding.facts().get("code");
      return causes.weights(codes.resolve(code)).containsKey(id);
    }
    return factor(finding, id) > 1;
  }

  private double factor(Finding finding, String id) {
    return causes.factors(finding.finding()).getOrDefault(id, 1.0);
  }
}
