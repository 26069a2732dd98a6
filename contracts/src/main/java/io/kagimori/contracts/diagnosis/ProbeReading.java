package io.kagimori.contracts.diagnosis;

import io.kagimori.contracts.catalogue.FindingKind;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.event.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads what probes show. Of two that tried the same thing the later one in the list counts. */
final class ProbeReading {
  private static final String PROBE = "PROBE";
  private static final Set<Integer> VENDOR_PORTS = Set.of(80, 443);

  /** RPC, SMB and WinRM. */
  private static final Set<Integer> REMOTE_PORTS = Set.of(135, 445, 5985, 5986);

  private final KmsRules rules;

  ProbeReading(KmsRules rules) {
    this.rules = rules;
  }

  private record Attempt(Object kind, String target, Integer port, String zone) {}

  List<Finding> read(List<Probe> probes, Evidence.Host host) {
    Map<Attempt, Probe> newest = new LinkedHashMap<>();
    for (Probe probe : probes) {
      newest.put(new Attempt(probe.kind(), probe.target(), probe.port(), probe.zone()), probe);
    }
    List<Finding> findings = new ArrayList<>();
    newest.values().forEach(probe -> findings.addAll(read(probe, host)));
    return findings;
  }

  private List<Finding> read(Probe probe, Evidence.Host host) {
    Findings found = new Findings(PROBE, probe.at());
    switch (probe.kind()) {
      case TCP -> tcp(found, probe, host);
      case DNS_NAME ->
          judged(
              found,
              probe,
              FindingKind.DNS_NAME_RESOLVED,
              FindingKind.DNS_NAME_FAILED,
              "name",
              probe.target(),
              "resolver",
              probe.resolver(),
              "code",
              probe.code());
      case DNS_SRV -> discovery(found, probe);
      case CLOCK -> clock(found, probe);
      case SERVICE ->
          judged(
              found,
              probe,
              FindingKind.SERVICE_RUNNING,
              FindingKind.SERVICE_NOT_RUNNING,
              "service",
              probe.target());
      case ELEVATION ->
          judged(
              found, probe, FindingKind.ELEVATED, FindingKind.NOT_ELEVATED, "code", probe.code());
      case KMS_RESPONSE ->
          found.when(
              Boolean.FALSE.equals(probe.succeeded()),
              FindingKind.REQUEST_UNANSWERED,
              "host",
              probe.target(),
              "port",
              probe.port());
      case REPAIR ->
          judged(
              found,
              probe,
              FindingKind.REPAIR_SUCCEEDED,
              FindingKind.REPAIR_FAILED,
              "step",
              probe.target(),
              "code",
              probe.code());
    }
    return found.all();
  }

  private void tcp(Findings found, Probe probe, Evidence.Host host) {
    Integer port = probe.port();
    Object[] facts = {
      "host", probe.target(), "port", port, "proxy", probe.proxy(), "code", probe.code()
    };
    if (port == null || VENDOR_PORTS.contains(port)) {
      judged(found, probe, FindingKind.TCP_INTERNET_OPEN, FindingKind.TCP_INTERNET_BLOCKED, facts);
    } else if (port == rules.defaultPort() || Objects.equals(port, host.port())) {
      judged(found, probe, FindingKind.TCP_KMS_OPEN, FindingKind.TCP_KMS_BLOCKED, facts);
    } else if (REMOTE_PORTS.contains(port)) {
      found.when(Boolean.FALSE.equals(probe.succeeded()), FindingKind.REMOTE_PORT_CLOSED, facts);
    }
  }

  private static void discovery(Findings found, Probe probe) {
    if (probe.zone() == null && Boolean.FALSE.equals(probe.succeeded())) {
      found.add(
          FindingKind.ZONE_MISSING, "zoneSource", probe.zoneSource(), "resolver", probe.resolver());
      return;
    }
    judged(
        found,
        probe,
        FindingKind.SRV_FOUND,
        FindingKind.SRV_MISSING,
        "zone",
        probe.zone(),
        "zoneSource",
        probe.zoneSource(),
        "resolver",
        probe.resolver(),
        "answers",
        probe.answers() == null || probe.answers().isEmpty() ? null : probe.answers());
  }

  private void clock(Findings found, Probe probe) {
    if (probe.differenceSeconds() == null) {
      return;
    }
    long limit = rules.clockTolerance().toSeconds();
    // Not Math.abs: the most negative number has no positive twin.
    boolean off = probe.differenceSeconds() > limit || probe.differenceSeconds() < -limit;
    found.add(
        off ? FindingKind.CLOCK_OFF : FindingKind.CLOCK_RIGHT,
        "differenceSeconds",
        probe.differenceSeconds(),
        "limitSeconds",
        limit,
        "timeSource",
        probe.target());
  }

  private static void judged(
      Findings found, Probe probe, FindingKind good, FindingKind bad, Object... facts) {
    if (probe.succeeded() != null) {
      found.add(probe.succeeded() ? good : bad, facts);
    }
  }
}
