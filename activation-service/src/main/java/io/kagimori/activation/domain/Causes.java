package io.kagimori.activation.domain;

import io.kagimori.contracts.diagnosis.Finding;
import io.kagimori.contracts.diagnosis.RankedCause;
import java.util.List;
import java.util.Map;

/** Ranked causes as a result carries them. */
public final class Causes {
  private Causes() {}

  /** The causes, most likely first; null when none is known, so that the field is left out. */
  public static List<Map<String, Object>> shown(List<RankedCause> causes) {
    return causes.isEmpty() ? null : causes.stream().map(Causes::shown).toList();
  }

  private static Map<String, Object> shown(RankedCause cause) {
    return new Details()
        .with("rank", cause.rank())
        .with("cause", cause.cause())
        .with("confidence", cause.confidence())
        .with("title", new Details().with("en", cause.titleEn()).with("ja", cause.titleJa()).map())
        .with("evidence", findings(cause.supporting()))
        .with("against", cause.opposing().isEmpty() ? null : findings(cause.opposing()))
        .with("steps", cause.steps())
        .map();
  }

  private static List<Map<String, Object>> findings(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                new Details()
                    .with("finding", finding.finding())
                    .with("facts", finding.facts().isEmpty() ? null : finding.facts())
                    .with("source", finding.source())
                    .with("at", finding.at())
                    .map())
        .toList();
  }
}
