package io.kagimori.esu.domain;

import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EsuCoverageImported;
import io.kagimori.contracts.event.EsuImportSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What devices and Configuration Manager say of add-on licenses. Status 1 on the add-on is the
 * proof, not the presence of a key. Source: esu_programs.csv, verification.
 */
public final class SightingRule {
  private static final int LICENSED = 1;

  private final EsuPlan plan;
  private final Entitlement entitlement;

  public SightingRule(EsuPlan plan) {
    this.plan = plan;
    this.entitlement = new Entitlement(plan);
  }

  /** Decides on a device's own report. */
  public Conclusion decide(EsuDevice known, DeviceReported said, UUID id, Instant now) {
    boolean reimaged = DeviceReported.REIMAGE.equals(said.source());
    Facts told =
        new Facts(
            said.product(),
            said.edition(),
            null,
            said.osBuild(),
            null,
            said.updates(),
            said.site(),
            null);
    // A clock that is ahead must not win over everything that comes later.
    Instant at = said.collectedAt().isAfter(now) ? now : said.collectedAt();
    EsuDevice before = reimaged ? known.with(known.facts().ofMachine()) : known;
    EsuDevice device = before.told(told, at, plan);
    Conclusion conclusion = reimaged ? reimaged(device, at, id, now) : Conclusion.silent(device);
    List<DeviceReported.License> licenses = said.licenses() == null ? List.of() : said.licenses();
    for (DeviceReported.License license : licenses) {
      Optional<EsuYear> year = year(conclusion.device(), license.activationId());
      if (year.isPresent() && license.licenseStatus() != null) {
        boolean licensed = license.licenseStatus() == LICENSED;
        boolean key = license.partialKey() != null && !license.partialKey().isBlank();
        conclusion =
            conclusion.then(
                sighted(
                    withProduct(conclusion.device(), year.get()),
                    year.get(),
                    Source.REPORT,
                    new Sighting(licensed, at, key),
                    Map.of("tool", said.source(), "licenseStatus", license.licenseStatus()),
                    id,
                    now));
      }
    }
    return conclusion;
  }

  /**
   * A new installation has none of the add-ons and none of the troubles that the old one had. Years
   * that are over stay held: they were bought for the machine, and later ones need them.
   */
  private Conclusion reimaged(EsuDevice device, Instant at, UUID id, Instant now) {
    Conclusion conclusion = Conclusion.silent(device.withIncidents(List.of()));
    for (YearRecord record : device.years()) {
      Optional<EsuYear> year =
          plan.find(record.product(), record.year()).filter(y -> !y.isOver(YearRecord.day(at)));
      if (record.held() && year.isPresent() && record.product().equals(device.facts().product())) {
        conclusion =
            conclusion.then(
                sighted(
                    conclusion.device(),
                    year.get(),
                    Source.REPORT,
                    new Sighting(false, at, false),
                    Map.of("tool", DeviceReported.REIMAGE),
                    id,
                    now));
      }
    }
    return conclusion;
  }

  /** Decides on a row of an import. */
  public Conclusion decide(EsuDevice known, EsuCoverageImported said, UUID id, Instant now) {
    Facts facts =
        new Facts(
            said.product(),
            said.edition(),
            null,
            said.build(),
            null,
            null,
            said.site(),
            said.collection());
    Instant told = said.collectedAt();
    Instant at = told == null || told.isAfter(now) ? now : told;
    EsuDevice device = known.told(facts, at, plan);
    if (said.activationId() == null) {
      return nothing(device, said, at, id, now);
    }
    Optional<EsuYear> year = year(device, said.activationId());
    if (year.isEmpty()) {
      return Conclusion.silent(device);
    }
    boolean covered =
        said.source() == EsuImportSource.ESU_VALUE
            || (said.licenseStatus() != null && said.licenseStatus() == LICENSED);
    return sighted(
        withProduct(device, year.get()),
        year.get(),
        source(said.source()),
        new Sighting(covered, at, false),
        Map.of("collection", said.collection() == null ? "" : said.collection()),
        id,
        now);
  }

  /** No add-on at all: of the year in which that was found out. */
  private Conclusion nothing(
      EsuDevice device, EsuCoverageImported said, Instant at, UUID id, Instant now) {
    LocalDate day = YearRecord.day(at);
    return plan.on(device.facts().product(), day)
        .map(
            year ->
                sighted(
                    device,
                    year,
                    source(said.source()),
                    new Sighting(false, at, false),
                    Map.of(),
                    id,
                    now))
        .orElseGet(() -> Conclusion.silent(device));
  }

  private static Source source(EsuImportSource source) {
    return source == EsuImportSource.ESU_VALUE ? Source.ESU_VALUE : Source.LICENSE_PRODUCT;
  }

  private Conclusion sighted(
      EsuDevice device,
      EsuYear year,
      Source source,
      Sighting said,
      Map<String, Object> evidence,
      UUID id,
      Instant now) {
    return entitlement
        .sighted(
            device,
            year,
            source,
            said,
            id.toString(),
            answer -> {
              evidence.forEach((name, value) -> answer.with(name, value.equals("") ? null : value));
              return answer.with("source", source.name());
            },
            now)
        .conclusion();
  }

  /** The year of an id for the device's product, or the only product that has it. */
  private Optional<EsuYear> year(EsuDevice device, String activationId) {
    List<EsuYear> years = plan.byActivationId(activationId);
    String product = device.facts().product();
    if (product == null && years.size() == 1) {
      return Optional.of(years.getFirst());
    }
    return years.stream().filter(y -> y.product().equals(product)).findFirst();
  }

  private static EsuDevice withProduct(EsuDevice device, EsuYear year) {
    return device.facts().product() != null
        ? device
        : device.with(
            new Facts(year.product(), null, null, null, null, null, null, null)
                .over(device.facts()));
  }
}
