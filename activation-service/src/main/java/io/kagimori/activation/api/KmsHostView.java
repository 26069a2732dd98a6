package io.kagimori.activation.api;

import io.kagimori.activation.domain.HostFinding;
import io.kagimori.activation.domain.HostFindings;
import io.kagimori.activation.domain.HostHealth;
import io.kagimori.activation.domain.KmsHost;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.event.KmsHostReported;
import java.time.Instant;
import java.util.List;

/**
 * A KMS host as REST shows it.
 *
 * @param host name
 * @param port TCP port; the default where it did not say
 * @param activated whether the host itself is activated; absent while nobody registered it
 * @param state the same as a code: {@code HOST_ACTIVATED}, {@code HOST_NOT_ACTIVATED}, {@code
 *     HOST_UNREGISTERED}
 * @param count distinct clients within the retention, at most the ceiling
 * @param atCeiling whether the count, ours or the host's own, stands for more clients than it says:
 *     a host shows at most twice the requirement
 * @param requiredClients count that a client system demands
 * @param requiredServers count that a server system demands
 * @param thresholds what each kind of system demands and whether it is reached
 * @param findings what somebody should look at, the most urgent first
 * @param reported what the host last said of itself
 * @param reportedAt when that was collected
 * @param evidenceAgeMinutes how long ago that is; absent when it never said anything
 * @param service its licensing service, with its last start
 * @param publishing what became of its SRV record
 * @param changes settings that changed, oldest first
 * @param requests its own counters, total, failed and for each license status; absent when it told
 *     none
 * @param logged requests that its log showed one by one
 * @param registered devices on which it is fixed, and how many of them with another port
 * @param keyUse its host key, and on how many hosts that is; absent where the key is not known
 * @param lastSeenAt record time of the last event that named it
 * @param lastSeenMinutes how long ago that is
 */
public record KmsHostView(
    String host,
    int port,
    Boolean activated,
    String state,
    int count,
    boolean atCeiling,
    int requiredClients,
    int requiredServers,
    List<HostFindings.Threshold> thresholds,
    List<HostFinding> findings,
    KmsHostReported reported,
    Instant reportedAt,
    Long evidenceAgeMinutes,
    HostHealth.Service service,
    HostHealth.Publishing publishing,
    List<HostHealth.Change> changes,
    KmsHostReported.Requests requests,
    HostHealth.Logged logged,
    HostFindings.Registered registered,
    KeyUse keyUse,
    Instant lastSeenAt,
    Long lastSeenMinutes) {

  /**
   * Where a host key is used.
   *
   * @param partialKey its last five characters
   * @param hosts hosts that report it
   * @param hostsAllowed hosts that one host key may be activated on
   * @param activationsPerHost how often each of them may activate with it
   */
  public record KeyUse(String partialKey, long hosts, int hostsAllowed, int activationsPerHost) {}

  static KmsHostView of(
      KmsHost host,
      HostHealth health,
      int count,
      HostFindings.Registered registered,
      KeyUse keyUse,
      KmsRules rules,
      Instant now) {
    int shown = Math.max(count, reported(host));
    HostFindings findings = new HostFindings(rules);
    return new KmsHostView(
        host.host(),
        port(host, rules),
        host.activated(),
        state(host.activated()),
        count,
        shown >= ceiling(rules),
        rules.requiredCount(PlatformKind.CLIENT),
        rules.requiredCount(PlatformKind.SERVER),
        findings.thresholds(shown),
        findings.of(host, health, shown, registered),
        host.report(),
        host.reportedAt(),
        Ages.minutes(host.reportedAt(), now),
        health.service(),
        health.publishing(),
        health.changes(),
        health.requests(),
        health.logged(),
        registered,
        keyUse,
        host.lastSeenAt(),
        Ages.minutes(host.lastSeenAt(), now));
  }

  static int port(KmsHost host, KmsRules rules) {
    Integer port = host.report() == null ? null : host.report().port();
    return port == null ? rules.defaultPort() : port;
  }

  static int ceiling(KmsRules rules) {
    return rules.countCacheFactor() * rules.requiredCount(PlatformKind.CLIENT);
  }

  private static int reported(KmsHost host) {
    Integer shown = host.report() == null ? null : host.report().currentCount();
    return shown == null ? 0 : shown;
  }

  private static String state(Boolean activated) {
    if (activated == null) {
      return "HOST_UNREGISTERED";
    }
    return activated ? "HOST_ACTIVATED" : "HOST_NOT_ACTIVATED";
  }
}
