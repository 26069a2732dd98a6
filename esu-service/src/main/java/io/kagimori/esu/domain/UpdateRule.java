package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.ErrorCode;
import io.kagimori.contracts.catalogue.ErrorCodeRow;
import io.kagimori.contracts.catalogue.ErrorCodes;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuUpdateReported;
import io.kagimori.contracts.event.EsuUpdateStage;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Why an update did not get onto a device. Windows says of an update without an ESU license that
 * the processor type is not supported (0x80070661), which leads everybody astray; what counts is
 * whether the device was covered that day. Source: seed 003, error_codes.csv.
 */
public final class UpdateRule {
  /** The update itself says no: no ESU license, or truly the wrong platform. */
  private static final String UNSUPPORTED = "0x80070661";

  /** A failure that a missing ESU license also shows itself as. */
  private static final String FATAL = "0x80070643";

  private final EsuPlan plan;
  private final ErrorCodes codes;
  private final Eligibility eligibility;

  public UpdateRule(EsuPlan plan, ErrorCodes codes) {
    this.plan = plan;
    this.codes = codes;
    this.eligibility = new Eligibility(plan);
  }

  /** Decides on one report. */
  public Conclusion decide(EsuDevice known, EsuUpdateReported said, UUID id, Instant now) {
    Facts told =
        new Facts(
            said.product(), said.edition(), null, null, null, said.updates(), said.site(), null);
    boolean dated = said.happenedAt() != null && !said.happenedAt().isAfter(now);
    Instant at = dated ? said.happenedAt() : now;
    Diagnosis diagnosis =
        new Diagnosis(known.told(told, at, plan), said, YearRecord.day(at), id, now);
    return switch (said.stage()) {
      case INSTALLED -> diagnosis.succeeded();
      case PENDING_REBOOT -> diagnosis.open(Reasons.INSTALLED_PENDING_REBOOT, "restart");
      case DOWNLOADED -> diagnosis.downloaded();
      case INSTALL, REVERTED -> diagnosis.failed();
    };
  }

  private final class Diagnosis {
    private final EsuDevice device;

    /** With the system that it ran on the day of the update. */
    private final EsuDevice then;

    private final String kb;
    private final EsuUpdateReported said;
    private final UUID id;
    private final Instant now;
    private final Optional<EsuYear> year;
    private final boolean covered;
    private final ErrorCode code;
    private final Optional<Incident> incident;

    Diagnosis(EsuDevice device, EsuUpdateReported said, LocalDate day, UUID id, Instant now) {
      this.device = device;
      this.then = device.on(day);
      this.said = said;
      this.id = id;
      this.now = now;
      kb = Facts.kb(said.kb());
      year = plan.on(then.facts().product(), day);
      covered = then.covered(day);
      code = said.code() == null ? null : codes.resolve(said.code());
      incident = device.incidents().stream().filter(i -> i.kb().equals(kb)).findFirst();
    }

    Conclusion succeeded() {
      List<Incident> left = device.incidents().stream().filter(i -> !i.kb().equals(kb)).toList();
      EsuResult result =
          answer()
              .with("state", EsuUpdateStage.INSTALLED.name())
              .with("incidentClosed", incident.isPresent() ? true : null)
              .with("openSince", incident.map(Incident::openedAt).orElse(null))
              .result();
      return Conclusion.said(device.withIncidents(left), List.of(result));
    }

    /** A package on the disk says nothing about the right to it. */
    Conclusion downloaded() {
      EsuResult result =
          answer()
              .because(Reasons.PACKAGE_ONLY)
              .steps(covered ? List.of("install " + kb) : enrol())
              .result();
      return Conclusion.said(device, List.of(result));
    }

    /** Neither failed nor installed: a failure that was open stays open. */
    Conclusion open(String reason, String step) {
      EsuResult result = answer().because(reason).steps(List.of(step)).result();
      return Conclusion.said(device, List.of(result));
    }

    Conclusion failed() {
      List<Finding> needs =
          said.updates() == null || then.facts().product() == null
              ? List.of()
              : eligibility.missingFor(kb, then.facts().product(), then.facts().updates());
      if (!needs.isEmpty()) {
        Finding first = needs.getFirst();
        return kept(
            answer()
                .because(first)
                .with("update", kb)
                .with("further", wantsLicense() ? List.of(Reasons.ESU_NOT_ACTIVATED) : null)
                .steps(needs.stream().map(ToDo::install).toList()));
      }
      if (wantsLicense()) {
        return kept(
            answer()
                .because(Reasons.ESU_NOT_ACTIVATED)
                .with("messageMisleading", isCode(UNSUPPORTED) ? true : null)
                .steps(enrol()));
      }
      if (isCode(UNSUPPORTED)) {
        return kept(
            answer()
                .because(Reasons.PLATFORM_UNSUPPORTED)
                .steps(List.of("choose the package for this system and its processor")));
      }
      if (code == null || said.stage() == EsuUpdateStage.REVERTED) {
        return kept(
            answer()
                .because(
                    said.stage() == EsuUpdateStage.REVERTED
                        ? Reasons.UPDATE_REVERTED
                        : Reasons.UPDATE_FAILED));
      }
      return kept(
          answer()
              .because(code.known() ? Reasons.UPDATE_FAILED : Reasons.UNKNOWN_CODE)
              .with("causes", row().map(ErrorCodeRow::likelyCauses).orElse(null))
              .steps(row().map(ErrorCodeRow::remediation).orElse(null)));
    }

    /** The license is missing: uncovered, a program for the product, and a code that fits. */
    private boolean wantsLicense() {
      return !covered
          && year.filter(y -> y.eligible(then.facts().edition()) || then.facts().edition() == null)
              .isPresent()
          && (isCode(UNSUPPORTED) || isCode(FATAL));
    }

    private boolean isCode(String canonical) {
      return code != null && canonical.equals(code.text());
    }

    private Optional<ErrorCodeRow> row() {
      return code == null ? Optional.empty() : codes.find(code);
    }

    private List<String> enrol() {
      if (year.isEmpty()) {
        return List.of();
      }
      List<EsuYear> years = eligibility.toEnrol(then, year);
      return years.isEmpty()
          ? List.of("install " + kb + " again")
          : ToDo.of(then, eligibility.blocking(then.facts()), years);
    }

    private Answers answer() {
      Answers answer =
          Answers.of(EsuVerdict.DIAGNOSED, id.toString(), then, now)
              .year(year)
              .code(code == null ? null : code.text())
              .with("update", kb)
              .with("stage", said.stage().name())
              .with("covered", covered);
      row().flatMap(ErrorCodeRow::messageEn).ifPresent(text -> answer.with("message", text));
      return answer;
    }

    private Conclusion kept(Answers answer) {
      EsuResult result = answer.result();
      Incident open =
          new Incident(
              kb,
              result.reason(),
              result.code(),
              incident.map(Incident::openedAt).orElse(now),
              id.toString(),
              null);
      return Conclusion.said(device.with(open), List.of(result));
    }
  }
}
