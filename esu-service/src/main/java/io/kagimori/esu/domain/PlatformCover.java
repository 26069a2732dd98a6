package io.kagimori.esu.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Coverage that comes with the platform, without a key.
 *
 * @param platform which one, such as {@code AZURE_VM}
 * @param requestId the request that brought it last
 * @param spans days covered, oldest first; with a sign-in each reaches to the end of its validity
 * @param signedInOn day of the last sign-in; null where none is needed
 * @param arcLicenseId the license resource that bills it; null elsewhere
 * @param lapsed whether its end has been told
 */
public record PlatformCover(
    String platform,
    String requestId,
    List<Span> spans,
    LocalDate signedInOn,
    String arcLicenseId,
    boolean lapsed) {
  /** Days after a sign-in that the license renews. Source: esu_programs.csv, cloud entitlement. */
  public static final int AT_RISK_AFTER_DAYS = 22;

  /** Days that a sign-in carries the license. Source: esu_programs.csv, cloud entitlement. */
  static final int VALID_DAYS = 30;

  public PlatformCover {
    spans = List.copyOf(spans);
  }

  public boolean covers(LocalDate day) {
    return spans.stream().anyMatch(span -> span.contains(day));
  }

  /** Whether it still covers the day, but the sign-in should have come. */
  public boolean atRisk(LocalDate day) {
    return covers(day)
        && signedInOn != null
        && day.isAfter(signedInOn.plusDays(AT_RISK_AFTER_DAYS));
  }

  /** Last day of the newest span; null where none is known. */
  LocalDate lastDay() {
    return spans.isEmpty() ? null : spans.getLast().to();
  }

  /** Spans with one that begins anew on its first day; it joins the one before when they touch. */
  static List<Span> renewed(List<Span> spans, Span more) {
    List<Span> all = new ArrayList<>();
    LocalDate eve = more.from().minusDays(1);
    for (Span span : spans) {
      if (span.to() != null && span.to().isBefore(eve)) {
        all.add(span);
      } else if (!span.from().isAfter(eve)) {
        // It reaches the new one, which takes its place from here on.
        all.add(new Span(span.from(), more.to()));
        return all;
      }
    }
    all.add(more);
    return all;
  }
}
