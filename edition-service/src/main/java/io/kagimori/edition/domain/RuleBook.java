package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.ReimagingRule;
import io.kagimori.contracts.catalogue.ReimagingRules;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.ReimageDecided.Rule;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The re-imaging rules (reimaging_rules.csv) with a version that changes with their wording. */
public final class RuleBook {
  private static final Map<AgreementProgram, String> PROGRAMS =
      Map.of(
          AgreementProgram.OPEN_VALUE, "PRG-OV",
          AgreementProgram.EA, "PRG-EA",
          AgreementProgram.EAS, "PRG-EAS",
          AgreementProgram.MPSA, "PRG-MPSA",
          AgreementProgram.CSP, "PRG-CSP");

  private static final Pattern NUMBER = Pattern.compile("^([0-9]+)");

  private final ReimagingRules rules;
  private final Map<String, String> versions = new HashMap<>();

  public RuleBook(ReimagingRules rules) {
    this.rules = rules;
    for (ReimagingRule.Kind kind : ReimagingRule.Kind.values()) {
      rules.of(kind).forEach(rule -> versions.put(rule.id(), version(rule)));
    }
  }

  private static String version(ReimagingRule rule) {
    return EventIds.named("reimaging-rule/" + rule).toString().substring(0, 8);
  }

  /** The present version of a rule; empty when there is none of that id any more. */
  public Optional<String> version(String ruleId) {
    return Optional.ofNullable(versions.get(ruleId));
  }

  Rule fired(String ruleId, Effect effect) {
    ReimagingRule rule = rules.find(ruleId).orElseThrow();
    return new Rule(ruleId, versions.get(ruleId), effect.name(), rule.source());
  }

  /** The row of a program; absent where no row says anything about it. */
  Optional<Program> program(AgreementProgram program) {
    return Optional.ofNullable(PROGRAMS.get(program)).flatMap(rules::find).map(Program::new);
  }

  /** What a rule does to a decision. */
  enum Effect {
    ALLOW,
    CONDITION,
    DENY,
    WARN
  }

  /** The row of a program. */
  record Program(ReimagingRule row) {
    boolean grants() {
      return row.right().filter(right -> right.startsWith("yes")).isPresent();
    }

    /** Windows licenses that must have been ordered. */
    long minimumOrder() {
      Matcher number = NUMBER.matcher(row.minimumOrder().orElse("0"));
      return number.find() ? Long.parseLong(number.group(1)) : 0;
    }

    boolean needsPerson() {
      return row.decision().toLowerCase(Locale.ROOT).contains("person");
    }
  }
}
