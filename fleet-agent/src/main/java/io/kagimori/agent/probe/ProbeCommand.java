package io.kagimori.agent.probe;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.diagnosis.RankedCause;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Probe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries what an activation needs of the network, on the machine it runs on. */
@Command(
    name = "probe",
    description =
        "Tries connections, names and the clock from this machine, says what that means, and"
            + " publishes it as evidence on a device.",
    footerHeading = "%nExample:%n",
    footer = {
      "  kagimori probe --tcp kms1.example.org:1688 --srv example.org \\",
      "      --zone-source PRIMARY_SUFFIX --clock dc1.example.org --device pc-17"
    })
public final class ProbeCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--tcp", paramLabel = "HOST:PORT", description = "Try a connection; repeatable.")
  private List<String> tcp = List.of();

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "Proxy for the connections, http://proxy:8080.")
  private String proxy;

  @Option(names = "--name", paramLabel = "NAME", description = "Try to resolve it; repeatable.")
  private List<String> names = List.of();

  @Option(
      names = "--srv",
      paramLabel = "ZONE",
      arity = "0..1",
      fallbackValue = "",
      description = "Look for the KMS record in this zone; without one: the device has no zone.")
  private String zone;

  @Option(
      names = "--zone-source",
      description = "PRIMARY_SUFFIX, ACTIVE_DIRECTORY or DHCP_OPTION_15: where the zone is from.")
  private String zoneSource;

  @Option(
      names = "--resolver",
      paramLabel = "HOST",
      description = "DNS server; the system's when absent.")
  private String resolver;

  @Option(names = "--clock", paramLabel = "HOST", description = "Compare the clock by NTP.")
  private String clock;

  @Option(names = "--device", paramLabel = "ID", description = "Publish as evidence on it.")
  private String deviceId;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Patience with each try (default 5).")
  private int seconds;

  /**
   * What came of it.
   *
   * @param probes each try
   * @param causes what they point at, most likely first
   * @param published the device on which they are evidence now; null when they were not published
   */
  record Result(List<Probe> probes, List<RankedCause> causes, String published) {}

  @Override
  public Integer call() {
    List<Probe> probes = probes();
    if (probes.isEmpty()) {
      throw CommandFailure.usage(
          Failures.USAGE, "Name something to try: --tcp, --name, --srv or --clock.");
    }
    if (deviceId != null) {
      publish(probes);
    }
    List<RankedCause> causes =
        new Diagnosis(Catalogue.get())
            .rank(new Evidence(null, null, probes, null, null, null, null));
    if (output.json()) {
      output.document(new Result(probes, causes, deviceId));
    } else {
      probes.forEach(this::print);
      causes.forEach(this::print);
    }
    return causes.isEmpty() ? Exit.DONE : Exit.NO;
  }

  private List<Probe> probes() {
    Probing probing = new Probing(Duration.ofSeconds(seconds));
    List<Probe> probes = new ArrayList<>();
    for (String target : tcp) {
      int colon = target.lastIndexOf(':');
      probes.add(probing.tcp(target.substring(0, Math.max(colon, 0)), port(target, colon), proxy));
    }
    names.forEach(name -> probes.add(probing.name(name, resolver)));
    if (zone != null) {
      probes.add(probing.srv(zone.isEmpty() ? null : zone, zoneSource, resolver));
    }
    if (clock != null) {
      probes.add(probing.clock(clock));
    }
    return probes;
  }

  private static int port(String target, int colon) {
    String digits = colon < 1 ? "" : target.substring(colon + 1);
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65535) {
      throw CommandFailure.usage(
          Failures.USAGE, "--tcp wants a host and a port, such as kms1.example.org:1688.");
    }
    return port;
  }

  private void publish(List<Probe> probes) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    // The operator's word tells nothing of the license, and so does a probe.
    DeviceReported report = DeviceReported.byOperator(deviceId, now, probes, null);
    try (EventSender sender = new EventSender(connections.kafka())) {
      sender.publish(EventSender.event(EventType.DEVICE_REPORTED, EventIds.request(), now, report));
    }
    output.note("published as evidence on " + deviceId);
  }

  private void print(Probe probe) {
    String outcome =
        probe.differenceSeconds() != null
            ? probe.differenceSeconds() + " s apart"
            : Boolean.TRUE.equals(probe.succeeded()) ? output.good("ok") : output.bad("failed");
    StringBuilder facts = new StringBuilder();
    add(facts, "", probe.target());
    add(facts, "port ", probe.port());
    add(facts, "proxy ", probe.proxy());
    add(facts, "zone ", probe.zone());
    add(facts, "from ", probe.zoneSource());
    add(facts, "resolver ", probe.resolver());
    add(facts, "answers ", probe.answers());
    add(facts, "", probe.code());
    output.line(probe.kind() + facts.toString() + ": " + outcome);
  }

  private static void add(StringBuilder facts, String name, Object value) {
    if (value != null) {
      facts.append(' ').append(name).append(value);
    }
  }

  private void print(RankedCause cause) {
    boolean ja = SystemLanguage.get() == Language.JA;
    output.line(
        "%d. %s (%s)"
            .formatted(cause.rank(), ja ? cause.titleJa() : cause.titleEn(), cause.cause()));
    cause.steps().forEach(step -> output.line("   * " + step));
  }
}
