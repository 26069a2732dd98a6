package io.kagimori.contracts.diagnosis;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.ErrorCode;
import io.kagimori.contracts.catalogue.FindingKind;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what the evidence shows; whether that is for or against a cause is data. */
final class EvidenceReading {
  private static final int LICENSED = 1;
  private static final int NON_GENUINE = 4;
  private static final int NOTIFICATION = 5;

  /** What shows that something fails, with what shows that it works: failure outweighs. */
  private static final Map<FindingKind, FindingKind> OUTWEIGHS =
      Map.of(
          FindingKind.TCP_INTERNET_BLOCKED, FindingKind.TCP_INTERNET_OPEN,
          FindingKind.TCP_KMS_BLOCKED, FindingKind.TCP_KMS_OPEN,
          FindingKind.DNS_NAME_FAILED, FindingKind.DNS_NAME_RESOLVED,
          FindingKind.CLOCK_OFF, FindingKind.CLOCK_RIGHT,
          FindingKind.SERVICE_NOT_RUNNING, FindingKind.SERVICE_RUNNING,
          FindingKind.SRV_FOUND, FindingKind.SRV_MISSING);

  private final Catalogue catalogue;
  private final ProbeReading probes;

  EvidenceReading(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.probes = new ProbeReading(catalogue.kmsRules());
  }

  List<Finding> read(Evidence evidence) {
    List<Finding> all = new ArrayList<>(codes(evidence));
    all.addAll(probes.read(evidence.probes(), evidence.host()));
    all.addAll(installed(evidence));
    all.addAll(key(evidence));
    all.addAll(host(evidence));
    List<FindingKind> outweighed =
        all.stream().map(f -> OUTWEIGHS.get(f.finding())).filter(k -> k != null).toList();
    all.removeIf(finding -> outweighed.contains(finding.finding()));
    return all;
  }

  private List<Finding> codes(Evidence evidence) {
    Findings found = new Findings("OUTCOME", evidence.codeAt());
    evidence.codes().stream()
        .map(catalogue.errorCodes()::resolve)
        .map(ErrorCode::text)
        .distinct()
        .forEach(code -> found.add(FindingKind.CODE, "code", code));
    return found.all();
  }

  private List<Finding> installed(Evidence evidence) {
    Evidence.Installed installed = evidence.installed();
    Findings found = new Findings("REPORT", installed.at());
    String asked = evidence.asked().edition();
    if (installed.editionDisputed()) {
      found.add(FindingKind.EDITION_DISPUTED);
    } else if (installed.edition() != null && asked != null) {
      boolean same = sameEdition(installed.edition(), asked);
      found.add(
          same ? FindingKind.EDITION_MATCHES : FindingKind.EDITION_DIFFERS,
          "installed",
          installed.edition(),
          "key",
          asked);
    }
    found.when(
        installed.evaluation(), FindingKind.EVALUATION_INSTALLED, "installed", installed.edition());
    Channel channel = evidence.asked().channel();
    found.when(
        channel == Channel.MAK && installed.kmsClient(),
        FindingKind.MAK_WANTED_ON_KMS_CLIENT,
        "partialKey",
        installed.partialKey());
    found.when(
        channel == Channel.KMS && installed.mak(),
        FindingKind.KMS_WANTED_ON_MAK,
        "partialKey",
        installed.partialKey());
    partialKey(found, installed);
    Integer status = installed.licenseStatus();
    found.when(
        status != null && status == NON_GENUINE,
        FindingKind.STATUS_NON_GENUINE,
        "licenseStatus",
        status);
    found.when(
        status != null && status == NOTIFICATION,
        FindingKind.STATUS_NOTIFICATION,
        "licenseStatus",
        status);
    found.when(
        installed.rearmCount() != null && installed.rearmCount() == 0,
        FindingKind.NO_REARM_LEFT,
        "rearmCount",
        installed.rearmCount());
    found.when(
        !installed.missingUpdates().isEmpty(),
        FindingKind.UPDATES_LACKING,
        "updates",
        installed.missingUpdates());
    found.when(installed.updatesComplete(), FindingKind.UPDATES_PRESENT);
    found.when(
        status != null && status == LICENSED, FindingKind.IS_LICENSED, "licenseStatus", status);
    return found.all();
  }

  private void partialKey(Findings found, Evidence.Installed installed) {
    if (!installed.hasLicense()) {
      return;
    }
    String partial = installed.partialKey();
    if (partial == null || partial.isBlank()) {
      // Volume media need no key at setup: the KMS client channel is their default.
      found.when(!installed.kmsClient(), FindingKind.NO_PARTIAL_KEY);
      return;
    }
    found.add(FindingKind.KEY_PRESENT, "partialKey", partial);
    catalogue
        .products()
        .setupKeyByPartial(partial)
        .ifPresent(
            key ->
                found.add(
                    key.status() == SetupKey.Status.CURRENT
                        ? FindingKind.SETUP_KEY_INSTALLED
                        : FindingKind.PRERELEASE_KEY,
                    "partialKey",
                    partial,
                    "keyId",
                    key.keyId()));
  }

  /** An evaluation edition carries a suffix, and so do Core installations of old releases. */
  private static boolean sameEdition(String installed, String asked) {
    return bare(installed).equalsIgnoreCase(bare(asked));
  }

  private static String bare(String edition) {
    String bare = edition.strip();
    if (bare.regionMatches(true, bare.length() - 4, "Eval", 0, 4)) {
      bare = bare.substring(0, bare.length() - 4);
    }
    return bare;
  }

  private static List<Finding> key(Evidence evidence) {
    Evidence.Key key = evidence.key();
    Findings found = new Findings("KEY", null);
    found.when(
        key.available() != null && key.available() <= 0,
        FindingKind.POOL_EMPTY,
        "keyId",
        key.keyId(),
        "available",
        key.available());
    found.when(key.expired(), FindingKind.KEY_TERM_OVER, "keyId", key.keyId());
    found.when(key.blocked(), FindingKind.KEY_BLOCKED_HERE, "keyId", key.keyId());
    found.when(
        key.registered(),
        FindingKind.KEY_REGISTERED,
        "keyId",
        key.keyId(),
        "available",
        key.available());
    return found.all();
  }

  private static List<Finding> host(Evidence evidence) {
    Evidence.Host host = evidence.host();
    Findings found = new Findings("HOST", null);
    if (host.activated() != null) {
      found.add(
          host.activated() ? FindingKind.HOST_IS_ACTIVATED : FindingKind.HOST_IS_NOT_ACTIVATED,
          "host",
          host.host());
    }
    if (host.count() != null && host.required() != null) {
      found.add(
          host.count() < host.required()
              ? FindingKind.HOST_COUNT_LOW
              : FindingKind.HOST_COUNT_REACHED,
          "host",
          host.host(),
          "count",
          host.count(),
          "required",
          host.required());
    }
    found.when(
        Boolean.FALSE.equals(host.dnsPublishing()),
        FindingKind.PUBLISHING_OFF,
        "host",
        host.host());
    found.when(
        host.cmidDevices().size() > 1, FindingKind.CMID_SHARED, "devices", host.cmidDevices());
    found.when(host.splitHosts().size() > 1, FindingKind.COUNT_SPLIT, "hosts", host.splitHosts());
    return found.all();
  }
}
