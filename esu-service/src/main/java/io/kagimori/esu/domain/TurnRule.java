package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What runs out by time: a year at its boundary, an entitlement of the platform without a sign-in.
 * Who has the next year notices nothing, nor does who has left the system that the year was for;
 * everybody else lapses with a list of what to do.
 */
public final class TurnRule {
  private final EsuPlan plan;
  private final Eligibility eligibility;

  public TurnRule(EsuPlan plan) {
    this.plan = plan;
    this.eligibility = new Eligibility(plan);
  }

  /** The day on which a tick has to look at a device; absent when never. */
  public Optional<LocalDate> dueOn(EsuDevice device) {
    List<LocalDate> days = new ArrayList<>();
    for (YearRecord record : device.years()) {
      if (!record.turned() && record.held()) {
        plan.find(record.product(), record.year())
            .flatMap(EsuYear::end)
            .ifPresent(end -> days.add(end.plusDays(1)));
      }
    }
    PlatformCover platform = device.platform();
    if (platform != null && !platform.lapsed() && platform.lastDay() != null) {
      days.add(platform.lastDay().plusDays(1));
    }
    return days.stream().min(Comparator.naturalOrder());
  }

  /** Decides on a device that is due. */
  public Conclusion decide(EsuDevice known, Instant now) {
    LocalDate today = YearRecord.day(now);
    EsuDevice device = known;
    List<EsuResult> results = new ArrayList<>();
    for (YearRecord record : known.years()) {
      Optional<EsuYear> year = plan.find(record.product(), record.year());
      if (record.turned() || !record.held() || year.filter(y -> y.isOver(today)).isEmpty()) {
        continue;
      }
      device = device.with(record.turnedOver());
      if (record.product().equals(device.facts().product()) && !device.covered(today)) {
        results.add(ended(device, record, year.get(), now));
      }
    }
    PlatformCover platform = device.platform();
    if (platform != null
        && !platform.lapsed()
        && platform.lastDay() != null
        && today.isAfter(platform.lastDay())) {
      device =
          device.with(
              new PlatformCover(
                  platform.platform(),
                  platform.requestId(),
                  platform.spans(),
                  platform.signedInOn(),
                  platform.arcLicenseId(),
                  true));
      if (!plan.of(device.facts().product()).isEmpty() && !device.covered(today)) {
        results.add(platformEnded(device, platform, now));
      }
    }
    return Conclusion.said(device, results);
  }

  private EsuResult ended(EsuDevice device, YearRecord record, EsuYear year, Instant now) {
    Optional<EsuYear> next = plan.find(year.product(), year.year() + 1);
    List<Finding> blocking = next.isPresent() ? eligibility.blocking(device.facts()) : List.of();
    return Answers.of(EsuVerdict.LAPSED, record.requestId(), device, now)
        .year(Optional.of(year))
        .because(Reasons.YEAR_ENDED)
        .with("nextYear", next.map(EsuYear::year).orElse(null))
        .with("programEnded", next.isEmpty() ? true : null)
        .with(
            "missing", blocking.isEmpty() ? null : blocking.stream().map(Finding::reason).toList())
        .steps(ToDo.of(device, blocking, eligibility.toEnrol(device, next)))
        .result();
  }

  private EsuResult platformEnded(EsuDevice device, PlatformCover platform, Instant now) {
    LocalDate today = YearRecord.day(now);
    boolean signIn = platform.signedInOn() != null;
    return Answers.of(EsuVerdict.LAPSED, platform.requestId(), device, now)
        .year(plan.begun(device.facts().product(), today))
        .route(EsuRoute.PLATFORM)
        .because(signIn ? Reasons.ENTITLEMENT_LAPSED : Reasons.YEAR_ENDED)
        .with("platform", platform.platform())
        .with("signedInOn", platform.signedInOn())
        .with("coveredUntil", platform.lastDay())
        .steps(
            signIn
                ? List.of("sign in to " + platform.platform() + " from the device")
                : List.of("replace the system: the program has no further year"))
        .result();
  }
}
