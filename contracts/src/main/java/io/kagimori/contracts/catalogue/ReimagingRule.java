package io.kagimori.contracts.catalogue;

import java.util.Optional;

/**
 * A row of reimaging_rules.csv: what an agreement programme grants, a rule, or a worked example.
 *
 * @param kind what the row is
 * @param id id such as {@code PRG-EA}, {@code RUL-04}
 * @param subject programme, subject of the rule, or situation of the example
 * @param right whether the programme grants re-imaging; programmes only
 * @param minimumOrder orders of Windows it asks for; programmes only
 * @param condition condition or rule
 * @param decision what to decide
 * @param confidence how well founded
 * @param source where the row was read
 */
public record ReimagingRule(
    Kind kind,
    String id,
    String subject,
    Optional<String> right,
    Optional<String> minimumOrder,
    Optional<String> condition,
    String decision,
    Confidence confidence,
    String source) {

  /** What a row is. */
  public enum Kind {
    PROGRAM,
    RULE,
    EXAMPLE
  }
}
