package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Output;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A simulated fleet against a running stack. */
@Command(
    name = "simulate",
    description = {
      "Runs a simulated fleet against a running stack and audits every answer.",
      "The same seed asks the same under the same ids, so a second run is answered from memory."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori simulate --devices 5000 --rate 500 --seed 7")
public final class SimulateCommand implements Callable<Integer> {
  private static final int OPEN_MAX = 2_000;

  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--devices", paramLabel = "N", defaultValue = "1000", description = "How many.")
  private int devices;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "0",
      description = "Requests a second; 0 for as fast as they are answered (default).")
  private int rate;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Decides all.")
  private long seed;

  @Option(
      names = "--editions",
      paramLabel = "N",
      defaultValue = "0",
      description = "Devices that change their edition or are re-imaged besides (default 0).")
  private int editions;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Stop sending requests after this time.")
  private Integer duration;

  @Option(names = "--esu", description = "Let devices enrol in ESU too; esu-service must run.")
  private boolean esu;

  @Override
  public Integer call() {
    Fleets.require(devices, rate);
    FleetRun.Pace pace =
        new FleetRun.Pace(rate, OPEN_MAX, duration == null ? null : Duration.ofSeconds(duration));
    Endpoints endpoints =
        new Endpoints(
            connections.kafka(), connections.keyService(), connections.activationService());
    try (Progress progress = new Progress(output)) {
      FleetPlan plan = FleetPlanner.plan(devices, seed);
      FleetSummary summary = new FleetRun(plan, endpoints, pace, progress).run();
      if (editions > 0) {
        // Silent devices would be waited for as long as the stack is patient, so there are none.
        EditionRun changing =
            new EditionRun(
                connections.kafka(),
                connections.keyService(),
                connections.editionService(),
                editions,
                seed,
                false,
                progress);
        summary = summary.with(changing.run());
      }
      if (esu) {
        // The broker of a running stack sets the time, so no year can turn here.
        summary =
            summary.with(
                new EsuFleetRun(
                        EsuPlanner.plan(Fleets.esuDevices(devices), seed, false),
                        connections.kafka(),
                        connections.keyService(),
                        connections.esuService(),
                        false,
                        progress)
                    .run());
      }
      return Fleets.print(output, summary);
    }
  }
}
