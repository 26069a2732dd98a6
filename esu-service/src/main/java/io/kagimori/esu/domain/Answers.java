package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes results step by step; what was not said stays absent. */
final class Answers {
  private final EsuVerdict verdict;
  private final String requestId;
  private final EsuDevice device;
  private final Instant now;
  private EsuYear year;
  private EsuRoute route;
  private String reason;
  private String code;
  private List<Warning> warnings;
  private List<String> steps;
  private final Map<String, Object> evidence = new LinkedHashMap<>();
  private String keyId;
  private Instant leaseUntil;
  private String activationRequestId;

  private Answers(EsuVerdict verdict, String requestId, EsuDevice device, Instant now) {
    this.verdict = verdict;
    this.requestId = requestId;
    this.device = device;
    this.now = now;
  }

  static Answers of(EsuVerdict verdict, String requestId, EsuDevice device, Instant now) {
    return new Answers(verdict, requestId, device, now);
  }

  Answers year(Optional<EsuYear> about) {
    year = about.orElse(null);
    return this;
  }

  Answers route(EsuRoute way) {
    route = way;
    return this;
  }

  Answers because(Finding finding) {
    reason = finding.reason();
    evidence.putAll(finding.detail());
    return this;
  }

  Answers because(String stableCode) {
    reason = stableCode;
    return this;
  }

  Answers code(String printed) {
    code = printed;
    return this;
  }

  Answers warnings(List<Warning> all) {
    warnings = all == null || all.isEmpty() ? null : List.copyOf(all);
    return this;
  }

  Answers steps(List<String> all) {
    steps = all == null || all.isEmpty() ? null : List.copyOf(all);
    return this;
  }

  /** A piece of evidence; an absent one is left out. */
  Answers with(String name, Object value) {
    if (value != null) {
      evidence.put(name, value);
    }
    return this;
  }

  Answers activation(String id, String key, Instant lease) {
    activationRequestId = id;
    keyId = key;
    leaseUntil = lease;
    return this;
  }

  EsuResult result() {
    return new EsuResult(
        requestId,
        device.deviceId(),
        verdict,
        year == null ? null : year.program(),
        year == null ? null : year.year(),
        device.facts().product(),
        device.facts().edition(),
        year == null ? null : year.activationId().orElse(null),
        route,
        year == null ? null : year.start(),
        year == null ? null : year.end().orElse(null),
        reason,
        code,
        warnings,
        steps,
        evidence.isEmpty() ? null : evidence,
        keyId,
        leaseUntil,
        activationRequestId,
        device.facts().site(),
        now);
  }
}
