package io.kagimori.contracts.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules of MAKs and of activation by phone (mak_rules.csv). */
public final class MakRules {
  private static final String FILE = "domain/mak_rules.csv";

  private final Map<String, MakRule> rules;
  private final Set<Integer> installationIdDigits;
  private final int confirmationIdDigits;

  private MakRules(List<MakRule> rows) {
    rules = DataFile.index(FILE, rows, MakRule::ruleId);
    installationIdDigits = Set.of(digits("phone-01"), digits("phone-02"));
    confirmationIdDigits = digits("phone-03");
  }

  static MakRules load() {
    List<String> columns =
        List.of("rule_id", "topic", "fact", "value", "unit", "notes", "confidence", "source");
    return new MakRules(
        DataFile.read(
            FILE,
            columns,
            r ->
                new MakRule(
                    r.text("rule_id"),
                    r.text("topic"),
                    r.text("fact"),
                    r.text("value"),
                    r.optional("unit"),
                    r.optional("notes"),
                    r.constant("confidence", Confidence.class),
                    r.text("source"))));
  }

  /** Every rule, in file order. */
  public List<MakRule> all() {
    return List.copyOf(rules.values());
  }

  /** The rule with this id. */
  public Optional<MakRule> find(String ruleId) {
    return Optional.ofNullable(rules.get(ruleId));
  }

  /** How many digits an installation ID may have. */
  public Set<Integer> installationIdDigits() {
    return installationIdDigits;
  }

  /** How many digits a confirmation ID has. */
  public int confirmationIdDigits() {
    return confirmationIdDigits;
  }

  private int digits(String ruleId) {
    MakRule rule = rules.get(ruleId);
    if (rule == null || !rule.unit().equals(Optional.of("digits"))) {
      throw new CatalogueDataException(FILE, "rule " + ruleId + " tells no digits", null);
    }
    return Integer.parseInt(rule.value());
  }
}
