package io.kagimori.edition.domain;

import io.kagimori.contracts.event.ReimageDecided.Rule;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.Warning;
import io.kagimori.edition.domain.RuleBook.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the rules say of one re-image, and adds it up. */
final class Findings {
  private final RuleBook book;
  private final Set<String> reasons = new LinkedHashSet<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final Map<String, Object> detail = new LinkedHashMap<>();
  private boolean denied;
  private boolean bound;

  Findings(RuleBook book) {
    this.book = book;
  }

  void allow(String ruleId) {
    rules.add(book.fired(ruleId, Effect.ALLOW));
  }

  void condition(String ruleId, String reason) {
    bound = true;
    reasons.add(reason);
    rules.add(book.fired(ruleId, Effect.CONDITION));
  }

  void deny(String ruleId, String reason) {
    denied = true;
    reasons.add(reason);
    rules.add(book.fired(ruleId, Effect.DENY));
  }

  void warn(String ruleId, Warning warning) {
    warn(warning);
    rules.add(book.fired(ruleId, Effect.WARN));
  }

  void warn(Warning warning) {
    warnings.add(warning);
  }

  void note(String name, Object value) {
    if (value != null) {
      detail.put(name, value);
    }
  }

  void differ(String what, String license, String image) {
    detail.put(what, new Details().with("license", license).with("image", image).map());
  }

  /** Somebody took the responsibility: the reasons stay, the refusal goes. */
  void lift(String overrideId, String document) {
    denied = false;
    bound = true;
    reasons.add(Reasons.OVERRIDE_RECORDED);
    note("overrideId", overrideId);
    note("overrideDocument", document);
  }

  boolean denied() {
    return denied;
  }

  ReimageRuling ruling(String overrideId) {
    ReimageDecision decision =
        denied
            ? ReimageDecision.NOT_PERMITTED
            : bound ? ReimageDecision.CONDITIONAL : ReimageDecision.PERMITTED;
    return new ReimageRuling(
        decision,
        List.copyOf(reasons),
        List.copyOf(rules),
        List.copyOf(warnings),
        detail,
        overrideId);
  }
}
