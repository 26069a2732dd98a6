package io.kagimori.agent.bench;

import io.kagimori.agent.bench.StageLoad.Sent;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.local.TemporaryStack;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EditionUpgradeRequestedBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.local.LocalStack;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Throughput of edition-service beside a plain program that only writes the states down. */
@Command(
    name = "stages",
    description = {
      "Measures how many stages of edition upgrades go through edition-service in a second.",
      "Every device of a fleet reports each stage of its upgrade; beside it a plain program writes"
          + " the states with one statement a poll, on the same broker and database, in turns."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori bench stages --devices 5000 --rounds 3 --json")
final class StagesBenchCommand implements Callable<Integer> {
  private static final String SERVICE = "edition";
  private static final String FROM = "ServerStandard";
  private static final String TO = "ServerEnterprise";

  @Mixin private Output output;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Devices of a round (default 5000).")
  private int devices;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each (default 3).")
  private int rounds;

  /**
   * A device of a round.
   *
   * @param deviceId its id
   * @param requestId its upgrade
   */
  private record Upgrading(String deviceId, UUID requestId) {}

  @Override
  public Integer call() throws SQLException {
    if (devices < 1 || rounds < 1) {
      throw CommandFailure.usage("INVALID_VALUE", "All figures must be 1 or more.");
    }
    try (TemporaryStack own = TemporaryStack.start("bench", output, List.of(SERVICE))) {
      print(measure(own.stack()));
      return Exit.DONE;
    }
  }

  private StageBenchReport measure(LocalStack stack) throws SQLException {
    List<Double> floorRates = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    List<Double> requestRates = new ArrayList<>();
    Map<String, Double> shares = Map.of();
    ServiceMeters meters = new ServiceMeters(stack.serviceUrl(SERVICE));
    try (StageFloor floor = StageFloor.start(stack);
        StageLoad service = new StageLoad(stack.kafka(), Topics.EDITION_RESULTS);
        StageLoad plain = new StageLoad(stack.kafka(), StageFloor.RESULTS)) {
      // Round 0 warms up: its figures belong to the JIT compilers.
      for (int round = 0; round <= rounds; round++) {
        output.note(round == 0 ? "warming up" : "round " + round + " of " + rounds);
        String name = "stage-%s-%d-".formatted(Long.toString(System.nanoTime(), 36), round);
        List<Upgrading> fleet =
            IntStream.range(0, devices)
                .mapToObj(i -> new Upgrading(name + i, EventIds.request()))
                .toList();
        double requests = service.perSecond(fleet.stream().map(StagesBenchCommand::asked).toList());
        floor.copy(name);
        List<Sent> stages = stages(fleet);
        double bare = plain.perSecond(stages.stream().map(StagesBenchCommand::toFloor).toList());
        Map<String, Double> before = meters.seconds();
        double whole = service.perSecond(stages);
        shares = ServiceMeters.shares(before, meters.seconds(), stages.size() / whole);
        if (round > 0) {
          floorRates.add(Rates.rounded(bare));
          rates.add(Rates.rounded(whole));
          requestRates.add(Rates.rounded(requests));
        }
      }
    }
    return new StageBenchReport(
        devices,
        EventsOfDevice.STAGES.size(),
        floorRates,
        rates,
        Rates.ratio(floorRates, rates),
        requestRates,
        shares);
  }

  /** What each device reports, and the state it leads to. */
  private record EventsOfDevice(EditionStage stage, EditionState state) {
    static final List<EventsOfDevice> STAGES =
        List.of(
            new EventsOfDevice(EditionStage.KEY_INSTALLED, EditionState.KEY_INSTALLED),
            new EventsOfDevice(EditionStage.PACKAGES_REMOVED, EditionState.PACKAGES_REMOVED),
            new EventsOfDevice(EditionStage.PACKAGES_APPLIED, EditionState.PACKAGES_APPLIED),
            new EventsOfDevice(EditionStage.REBOOT_PENDING, EditionState.REBOOT_PENDING),
            new EventsOfDevice(EditionStage.REBOOTING, EditionState.REBOOTING),
            new EventsOfDevice(EditionStage.FINALISING, EditionState.FINALISING),
            new EventsOfDevice(EditionStage.OBSERVED, EditionState.ACTIVATION_REQUESTED));
  }

  private static Sent asked(Upgrading device) {
    EditionUpgradeRequested request =
        EditionUpgradeRequestedBuilder.builder()
            .deviceId(device.deviceId())
            .product("windows-server-2008-r2")
            .fromEdition(FROM)
            .toEdition(TO)
            .targetEditions(List.of("ServerDataCenter", TO))
            .domainController(false)
            .preflightConfirmed(true)
            .build();
    return new Sent(
        Answer.of(
                EventType.EDITION_UPGRADE_REQUESTED,
                device.requestId(),
                "bench",
                Instant.now(),
                request)
            .toRecord(),
        StageLoad.name(device.requestId().toString(), EditionState.PLANNED.name()));
  }

  /** All devices go through a stage before any begins the next: no two events of a poll share. */
  private static List<Sent> stages(List<Upgrading> fleet) {
    List<Sent> events = new ArrayList<>(fleet.size() * EventsOfDevice.STAGES.size());
    for (EventsOfDevice each : EventsOfDevice.STAGES) {
      for (Upgrading device : fleet) {
        EditionStageReported report =
            EditionStageReportedBuilder.builder()
                .deviceId(device.deviceId())
                .requestId(device.requestId().toString())
                .stage(each.stage())
                .succeeded(true)
                .edition(each.stage() == EditionStage.OBSERVED ? TO : null)
                .build();
        events.add(
            new Sent(
                Answer.of(
                        EventType.EDITION_STAGE_REPORTED,
                        EventIds.request(),
                        "bench",
                        Instant.now(),
                        report)
                    .toRecord(),
                StageLoad.name(device.requestId().toString(), each.state().name())));
      }
    }
    return events;
  }

  /** The floor tells the stage itself; it knows no states. */
  private static Sent toFloor(Sent event) {
    String observed = EditionState.ACTIVATION_REQUESTED.name();
    return new Sent(
        StageLoad.onto(StageFloor.STAGES, event.record()),
        event.leadsTo().endsWith(observed)
            ? event.leadsTo().replace(observed, EditionStage.OBSERVED.name())
            : event.leadsTo());
  }

  private void print(StageBenchReport report) {
    if (output.json()) {
      output.document(report);
      return;
    }
    output.line("floor, stage events/s          " + report.floorPerSecond());
    output.line(
        "edition-service, stage events/s " + output.strong(report.stagesPerSecond().toString()));
    output.line("ratio, median                  " + report.ratio());
    output.line("upgrade requests/s             " + report.requestsPerSecond());
    output.line("where the time goes            " + report.whereTimeGoes());
  }
}
