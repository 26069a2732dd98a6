package io.kagimori.contracts.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rights and rules of re-imaging (reimaging_rules.csv). */
public final class ReimagingRules {
  private static final String FILE = "domain/reimaging_rules.csv";

  private final Map<String, ReimagingRule> rules;

  private ReimagingRules(List<ReimagingRule> rows) {
    rules = DataFile.index(FILE, rows, ReimagingRule::id);
  }

  static ReimagingRules load() {
    List<String> columns =
        List.of(
            "row_type",
            "id",
            "subject",
            "reimaging_right",
            "minimum_order",
            "condition_or_rule",
            "decision",
            "confidence",
            "source");
    return new ReimagingRules(
        DataFile.read(
            FILE,
            columns,
            r ->
                new ReimagingRule(
                    r.constant("row_type", ReimagingRule.Kind.class),
                    r.text("id"),
                    r.text("subject"),
                    r.optional("reimaging_right"),
                    r.optional("minimum_order"),
                    r.optional("condition_or_rule"),
                    r.text("decision"),
                    r.constant("confidence", Confidence.class),
                    r.text("source"))));
  }

  /** The rows of a kind, in file order. */
  public List<ReimagingRule> of(ReimagingRule.Kind kind) {
    return rules.values().stream().filter(r -> r.kind() == kind).toList();
  }

  /** The row with this id. */
  public Optional<ReimagingRule> find(String id) {
    return Optional.ofNullable(rules.get(id));
  }
}
