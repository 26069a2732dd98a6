package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.PlatformKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what is wrong with a KMS host out of what is known of it. Pure. */
public final class HostFindings {
  private final KmsRules rules;

  public HostFindings(KmsRules rules) {
    this.rules = rules;
  }

  /**
   * Devices on which a host is fixed, so that they do not ask DNS.
   *
   * @param total how many
   * @param otherPort those fixed on another port than the host listens on
   */
  public record Registered(long total, long otherPort) {
    public static final Registered NONE = new Registered(0, 0);
  }

  /**
   * A kind of system and the count it demands.
   *
   * @param kind {@code CLIENT}, {@code SERVER} or {@code OFFICE}
   * @param required distinct computers that the host must have counted
   * @param reached whether it has
   */
  public record Threshold(String kind, int required, boolean reached) {}

  /** The thresholds of each kind of system. */
  public List<Threshold> thresholds(int count) {
    Map<String, Integer> required = new LinkedHashMap<>();
    required.put("CLIENT", rules.requiredCount(PlatformKind.CLIENT));
    required.put("SERVER", rules.requiredCount(PlatformKind.SERVER));
    required.put("OFFICE", rules.officeRequiredCount());
    List<Threshold> thresholds = new ArrayList<>();
    required.forEach((kind, of) -> thresholds.add(new Threshold(kind, of, count >= of)));
    return thresholds;
  }

  /**
   * What is wrong with a host, the most urgent first.
   *
   * @param count distinct clients, ours or the host's own figure, whichever is larger
   */
  public List<HostFinding> of(KmsHost host, HostHealth health, int count, Registered clients) {
    List<HostFinding> findings = new ArrayList<>();
    if (host.mustBeActivated()) {
      findings.add(finding(Reasons.HOST_NOT_ACTIVATED, new Details()));
    }
    restart(health, findings);
    publishing(health, clients, findings);
    if (clients.otherPort() > 0) {
      findings.add(
          finding(
              Reasons.CLIENTS_MUST_REREGISTER,
              new Details()
                  .with("port", health.settings().port())
                  .with("devices", clients.otherPort())
                  .with("registered", clients.total())));
    }
    interval("activationIntervalMinutes", health.settings().activationIntervalMinutes(), findings);
    interval("renewalIntervalMinutes", health.settings().renewalIntervalMinutes(), findings);
    for (Threshold threshold : thresholds(count)) {
      if (!threshold.reached()) {
        findings.add(
            finding(
                Reasons.BELOW_THRESHOLD,
                new Details()
                    .with("kind", threshold.kind())
                    .with("count", count)
                    .with("required", threshold.required())
                    .with("missing", threshold.required() - count)));
      }
    }
    return findings;
  }

  private static void restart(HostHealth health, List<HostFinding> findings) {
    if (health.pendingSince() == null) {
      return;
    }
    String service = health.service().restartName();
    List<String> settings =
        health.pending().stream().map(HostHealth.Change::setting).distinct().toList();
    Details detail =
        new Details()
            .with("settings", settings.isEmpty() ? null : settings)
            .with("serviceStartedAt", health.service().startedAt())
            .with("command", "net stop " + service + " && net start " + service);
    findings.add(
        new HostFinding(Reasons.CONFIG_PENDING_RESTART, health.pendingSince(), detail.map()));
  }

  private static void publishing(
      HostHealth health, Registered clients, List<HostFinding> findings) {
    boolean off = Boolean.FALSE.equals(health.settings().dnsPublishing());
    if (off && clients.total() == 0) {
      findings.add(finding(Reasons.DNS_OFF_NO_REGISTERED_CLIENTS, new Details()));
    }
    HostHealth.Publishing srv = health.publishing();
    if (!off && srv.isFailing()) {
      Details detail =
          new Details()
              .with("event", "12293")
              .with("code", srv.code())
              .with("domain", srv.domain());
      findings.add(new HostFinding(Reasons.DNS_PUBLISH_FAILED, srv.failedAt(), detail.map()));
    }
  }

  private void interval(String setting, Long minutes, List<HostFinding> findings) {
    if (minutes != null
        && (minutes < rules.intervalMinutesMin() || minutes > rules.intervalMinutesMax())) {
      findings.add(
          finding(
              Reasons.INTERVAL_OUT_OF_RANGE,
              new Details()
                  .with("setting", setting)
                  .with("minutes", minutes)
                  .with("smallest", rules.intervalMinutesMin())
                  .with("largest", rules.intervalMinutesMax())));
    }
  }

  private static HostFinding finding(String code, Details detail) {
    return new HostFinding(code, null, detail.map());
  }
}
