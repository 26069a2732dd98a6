package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Coverage that the platform includes: no key is used. Where it hangs on a sign-in, that sign-in
 * carries it for 30 days and is due again after 22. Where Azure Arc bills it, the license resource
 * must be active and have the cores. Source: esu_programs.csv.
 */
final class PlatformRule {
  private static final String ARC = "ARC";
  private static final String ACTIVATED = "ACTIVATED";

  private final EsuPlan plan;
  private final Retries retries;

  PlatformRule(EsuPlan plan) {
    this.plan = plan;
    this.retries = new Retries(plan);
  }

  Optional<Finding> against(
      EsuDevice device, ArcLinks arc, EsuEnrolmentRequested asked, EsuYear year, Instant now) {
    String platform = name(asked);
    List<String> included = plan.platforms(year.product());
    if (!included.contains(platform)) {
      return Optional.of(
          new Finding(
              Reasons.PLATFORM_NOT_INCLUDED, Map.of("platform", platform, "included", included)));
    }
    LocalDate today = YearRecord.day(now);
    LocalDate signedIn = signedIn(asked, today);
    if (signedIn != null) {
      if (today.isAfter(signedIn.plusDays(PlatformCover.VALID_DAYS))) {
        return Optional.of(
            new Finding(Reasons.ENTITLEMENT_LAPSED, Map.of("signedInAt", asked.signedInAt())));
      }
    }
    if (platform.equals(ARC)) {
      Optional<Finding> finding = arc(device, arc, asked.arcLicense());
      if (finding.isPresent()) {
        return finding;
      }
    }
    return repeats(device, asked, today)
        ? Optional.of(
            new Finding(
                Reasons.ALREADY_ENTITLED, Map.of("requestId", device.platform().requestId())))
        : Optional.empty();
  }

  private static Optional<Finding> arc(
      EsuDevice device, ArcLinks arc, EsuEnrolmentRequested.ArcLicense license) {
    if (license == null || !ACTIVATED.equalsIgnoreCase(license.state())) {
      String state = license == null || license.state() == null ? "NONE" : license.state();
      return Optional.of(new Finding(Reasons.ARC_LICENSE_INACTIVE, Map.of("state", state)));
    }
    int linked = arc.linkedBeside(license.licenseId(), device.deviceId()) + license.deviceCores();
    if (linked <= license.cores()) {
      return Optional.empty();
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("licenseId", license.licenseId());
    detail.put("coreType", license.coreType());
    detail.put("licensedCores", license.cores());
    detail.put("linkedCores", linked);
    return Optional.of(new Finding(Reasons.OVER_LINKED, detail));
  }

  /** The same platform again, and no newer sign-in. */
  private static boolean repeats(EsuDevice device, EsuEnrolmentRequested asked, LocalDate today) {
    PlatformCover known = device.platform();
    return known != null
        && known.platform().equals(name(asked))
        && known.covers(today)
        && (asked.signedInAt() == null
            || (known.signedInOn() != null && !signedIn(asked, today).isAfter(known.signedInOn())));
  }

  /** The device, covered by its platform from today on. */
  Entitlement.Change covered(
      EsuDevice device,
      ArcLinks arc,
      EsuEnrolmentRequested asked,
      String requestId,
      EsuYear year,
      List<Warning> warnings,
      Instant now) {
    LocalDate today = YearRecord.day(now);
    LocalDate signedIn = signedIn(asked, today);
    LocalDate last = plan.lastDay(year.product()).orElse(null);
    if (signedIn != null) {
      LocalDate valid = signedIn.plusDays(PlatformCover.VALID_DAYS);
      last = last == null || valid.isBefore(last) ? valid : last;
    }
    PlatformCover before = device.platform();
    boolean renewed = before != null && before.covers(today);
    List<Span> spans =
        PlatformCover.renewed(before == null ? List.of() : before.spans(), new Span(today, last));
    EsuEnrolmentRequested.ArcLicense license = asked.arcLicense();
    String licenseId = name(asked).equals(ARC) ? license.licenseId() : null;
    if (licenseId != null) {
      arc.link(licenseId, device.deviceId(), license.deviceCores());
    }
    EsuDevice after =
        device.with(new PlatformCover(name(asked), requestId, spans, signedIn, licenseId, false));
    List<Warning> all = new ArrayList<>(warnings);
    if (after.platform().atRisk(today)) {
      all.add(new Warning(Reasons.ENTITLEMENT_AT_RISK, Map.of("signedInAt", asked.signedInAt())));
    }
    EsuResult result =
        Answers.of(EsuVerdict.ENTITLED, requestId, after, now)
            .year(Optional.of(year))
            .route(EsuRoute.PLATFORM)
            .warnings(all)
            .with("source", "PLATFORM")
            .with("platform", name(asked))
            .with("coveredUntil", last)
            .with("renewed", renewed ? true : null)
            .with("arcLicenseId", licenseId)
            .result();
    Entitlement.Change change = new Entitlement.Change(after, List.of(result), List.of());
    return renewed ? change : retries.proposed(change, today, requestId, now);
  }

  /** Null where none is needed; a clock that is ahead must not carry the license further. */
  private static LocalDate signedIn(EsuEnrolmentRequested asked, LocalDate today) {
    if (asked.signedInAt() == null) {
      return null;
    }
    LocalDate day = YearRecord.day(asked.signedInAt());
    return day.isAfter(today) ? today : day;
  }

  private static String name(EsuEnrolmentRequested asked) {
    return asked.platform() == null
        ? "UNKNOWN"
        : asked.platform().strip().toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }
}
