package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.ErrorCodes;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.DeviceReported;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides what a collector's report changes. What was collected before the newest known fact
 * changes the history and not the present. Pure.
 */
public final class ReportRule {
  /** Application id of Windows in the licensing service. Source: kms_rules.csv, host-09. */
  private static final String WINDOWS = "55c92734-d682-4d71-983e-d6ec3f16059f";

  private final Products setupKeys;
  private final EvidenceStatements reading;
  private final ProductLicenses products;
  private final ErrorCodes codes;
  private final Prerequisites prerequisites;

  public ReportRule(Catalogue catalogue, UpdateBaseline baseline) {
    setupKeys = catalogue.products();
    reading = new EvidenceStatements(catalogue.products());
    codes = catalogue.errorCodes();
    prerequisites = new Prerequisites(catalogue, baseline);
    products = new ProductLicenses(codes);
  }

  /**
   * Decides one report.
   *
   * @param cause id of the report's event
   * @param now record time
   */
  public Conclusion decide(Device device, DeviceReported said, UUID cause, Instant now) {
    // A device whose clock runs ahead must not lock its own future out.
    Instant at = said.collectedAt().isAfter(now) ? now : said.collectedAt();
    Optional<DeviceReported.License> base = base(said);
    DeviceEvidence evidence =
        products.read(reading.read(device.evidence(), said, base, at), said, at);
    if (said.updates() != null) {
      evidence = evidence.with(prerequisites.installed(said.updates(), at));
    }
    evidence = evidence.withStart(said.bootedAt(), at);
    Device known = device.withEvidence(evidence, now);
    List<DeviceHistory> history = products.changes(device, known, said, at, cause);
    history.addAll(OperatorWords.repairs(device, said, at, cause));
    if (DeviceReported.OPERATOR.equals(said.source())) {
      Device marked = known.withInstalled(installed(known, said), now);
      OperatorWords.shipping(device, marked, at, cause).ifPresent(history::add);
      return Conclusion.traced(Optional.empty(), marked, history);
    }
    if (at.isBefore(device.asOf())) {
      history.add(line(device, base, said, at, cause, "LATE_REPORT"));
      return Conclusion.traced(Optional.empty(), known, history);
    }
    if (DeviceReported.REIMAGE.equals(said.source())) {
      // A new installation: nothing of the old license is true, nor what sources said of it, and a
      // new client id is to come.
      Device blank = known.withEvidence(reading.read(DeviceEvidence.NONE, said, base, at), now);
      Device fresh =
          blank
              .withLicense(License.UNKNOWN, at, now)
              .withInstalled(installed(blank, said), now)
              .reported(null, null, at, now);
      history.add(line(fresh, base, said, at, cause, "REIMAGED"));
      return Conclusion.traced(Optional.empty(), fresh, history);
    }
    if (DeviceReported.EDITION_CHANGE.equals(said.source())) {
      // The same installation under another edition: its license was for the old one, and what
      // sources said of either is past.
      Device blank = known.withEvidence(reading.read(DeviceEvidence.NONE, said, base, at), now);
      Device changed =
          blank
              .withLicense(License.UNLICENSED, at, now)
              .withInstalled(installed(blank, said), now)
              .reported(device.kms(), device.rearmCount(), at, now);
      history.add(line(changed, base, said, at, cause, "EDITION_CHANGED"));
      return Conclusion.traced(Optional.empty(), changed, history);
    }
    Device after = base.map(license -> licensed(known, license, at, now)).orElse(known);
    Integer rearms = base.map(DeviceReported.License::rearmCount).orElse(null);
    after =
        after
            .withInstalled(installed(known, said), now)
            .reported(kms(after, base), rearms == null ? after.rearmCount() : rearms, at, now);
    boolean disputed = isNewlyDisputed(device, after);
    if (disputed || isNews(device, after)) {
      history.add(
          line(
              after,
              base,
              said,
              at,
              cause,
              disputed ? Reasons.EVIDENCE_CONFLICT : note(device, after)));
    }
    return Conclusion.traced(Optional.empty(), after, history);
  }

  /** A KMS host that somebody fixed on the client is recorded with the way it was done. */
  private static String note(Device before, Device after) {
    DeviceKms kms = after.kms();
    boolean configured =
        kms != null && kms.configuredBy() != null && !Objects.equals(before.kms(), kms);
    return configured ? "KMS_CONFIGURED " + kms.configuredBy() : "REPORTED";
  }

  private static boolean isNewlyDisputed(Device before, Device after) {
    return Arrays.stream(Statement.Fact.values())
        .anyMatch(
            fact ->
                after.evidence().conflict(fact).isPresent()
                    && before.evidence().conflict(fact).isEmpty());
  }

  /** The base Windows license of a report: the one with a key, add-ons and Office left out. */
  public static Optional<DeviceReported.License> base(DeviceReported said) {
    if (said.licenses() == null) {
      return Optional.empty();
    }
    List<DeviceReported.License> windows =
        said.licenses().stream().filter(l -> isWindows(l) && !isAddOn(l)).toList();
    return windows.stream()
        .filter(l -> l.partialKey() != null && !l.partialKey().isBlank())
        .findFirst()
        .or(() -> windows.stream().findFirst());
  }

  private static boolean isWindows(DeviceReported.License license) {
    return license.applicationId() == null || license.applicationId().equalsIgnoreCase(WINDOWS);
  }

  private static boolean isAddOn(DeviceReported.License license) {
    String name = license.name() == null ? "" : license.name().toLowerCase(Locale.ROOT);
    return name.contains("add-on") || name.contains("-esu-");
  }

  /** Codes of a report that the catalogue does not know, as they were printed. */
  public List<String> unknownCodes(DeviceReported said) {
    return said.licenses() == null
        ? List.of()
        : said.licenses().stream()
            .map(DeviceReported.License::statusReason)
            .filter(code -> code != null && !code.isBlank() && !codes.resolve(code).known())
            .toList();
  }

  /** The license as the report shows it; what sources dispute stays as it was. */
  private Device licensed(Device device, DeviceReported.License license, Instant at, Instant now) {
    License before = device.license();
    LicenseChannel channel =
        disputed(device, Statement.Fact.CHANNEL)
            ? before.channel()
            : LicenseChannel.named(license.channel())
                .or(() -> LicenseChannel.named(license.name()))
                .orElse(before.channel());
    boolean keepKey = license.partialKey() == null || disputed(device, Statement.Fact.PARTIAL_KEY);
    String partialKey = keepKey ? before.partialKey() : license.partialKey();
    boolean sameKey = Objects.equals(partialKey, before.partialKey());
    boolean replaced = before.partialKey() != null && !sameKey;
    boolean keepStatus =
        license.licenseStatus() == null || disputed(device, Statement.Fact.LICENSED);
    Integer status = keepStatus ? before.status() : license.licenseStatus();
    License after =
        new License(
            channel,
            status,
            license.statusReason() == null ? null : codes.resolve(license.statusReason()).text(),
            partialKey,
            sameKey ? before.keyId() : setupKeyId(partialKey),
            expiry(channel, status, license.remainingMinutes(), at, before),
            replaced ? null : before.licensedBy());
    return device.withLicense(after, at, now);
  }

  /** Whether sources dispute a fact of which something undisputed is known. */
  private static boolean disputed(Device device, Statement.Fact fact) {
    return device.lastReportAt() != null && device.evidence().conflict(fact).isPresent();
  }

  private static Expiry expiry(
      LicenseChannel channel, Integer status, Long remaining, Instant at, License before) {
    boolean licensed = Objects.equals(status, License.LICENSED);
    if (remaining != null && remaining > 0) {
      return Expiry.after(at, remaining);
    }
    if (licensed && channel != null && channel.isOneTime()) {
      return Expiry.PERMANENT;
    }
    boolean stillGood =
        licensed
            && channel == before.channel()
            && before.expiry().kind() == Expiry.Kind.DATE
            && before.expiry().at().isAfter(at);
    return stillGood ? before.expiry() : Expiry.UNKNOWN;
  }

  private String setupKeyId(String partialKey) {
    return setupKeys.setupKeyByPartial(partialKey).map(SetupKey::keyId).orElse(null);
  }

  private static Device.Installation installed(Device device, DeviceReported said) {
    Device.Installation before = device.installed();
    boolean keepEdition = said.edition() == null || disputed(device, Statement.Fact.EDITION);
    return new Device.Installation(
        said.product() == null ? before.product() : said.product(),
        keepEdition ? before.edition() : said.edition(),
        said.site() == null ? before.site() : said.site(),
        Builds.exacter(before.osBuild(), said.osBuild()),
        said.imageId() == null ? before.imageId() : said.imageId(),
        said.deployment() == null ? before.deployment() : said.deployment(),
        said.ship() == null ? before.ship() : said.ship());
  }

  private static DeviceKms kms(Device device, Optional<DeviceReported.License> base) {
    DeviceReported.Kms said = base.map(DeviceReported.License::kms).orElse(null);
    return said == null
        ? device.kms()
        : DeviceKms.reported(device.kms(), said, device.license().channel() == LicenseChannel.KMS);
  }

  private static boolean isNews(Device before, Device after) {
    License old = before.license();
    License now = after.license();
    return before.lastReportAt() == null
        || old.channel() != now.channel()
        || !Objects.equals(old.status(), now.status())
        || !Objects.equals(old.partialKey(), now.partialKey())
        || !Objects.equals(before.kms(), after.kms())
        || !before.installed().equals(after.installed());
  }

  private DeviceHistory line(
      Device device,
      Optional<DeviceReported.License> base,
      DeviceReported said,
      Instant at,
      UUID cause,
      String note) {
    return new DeviceHistory(
        device.deviceId(),
        at,
        cause,
        said.source(),
        base.flatMap(l -> LicenseChannel.named(l.channel())).orElse(null),
        base.map(DeviceReported.License::licenseStatus).orElse(null),
        base.map(DeviceReported.License::partialKey).orElse(null),
        null,
        note,
        base.map(DeviceReported.License::statusReason)
            .map(c -> codes.resolve(c).text())
            .orElse(null),
        null,
        null);
  }
}
