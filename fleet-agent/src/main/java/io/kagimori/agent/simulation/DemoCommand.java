package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.Output;
import io.kagimori.agent.local.TemporaryStack;
import io.kagimori.local.LocalStack;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job from nothing to a summary, on a stack of its own. */
@Command(
    name = "demo",
    description = {
      "Runs a simulated fleet through a stack of its own, audits every answer and stops.",
      "The stack runs on free ports and in a temporary folder.",
      "The same seed gives the same counts; product keys are made up at run time."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori demo --devices 2000 --seed 7 --json")
public final class DemoCommand implements Callable<Integer> {
  private static final int OPEN_MAX = 200;

  /** The services that have a part in it. */
  private static final List<String> SERVICES = List.of("key", "activation", "edition", "esu");

  /** Silent devices come to their end while somebody watches, and not after days. */
  private static final Map<String, String> SETTINGS =
      Map.of("kagimori.edition.work-limit", "5S", "kagimori.edition.stalled-limit", "5S");

  @Mixin private Output output;

  @Option(names = "--devices", paramLabel = "N", defaultValue = "2000", description = "How many.")
  private int devices;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Decides all.")
  private long seed;

  @Override
  public Integer call() {
    Fleets.require(devices, 0);
    try (Progress progress = new Progress(output);
        TemporaryStack own =
            TemporaryStack.startWithChosenTime("demo", output, SERVICES, SETTINGS)) {
      return Fleets.print(output, run(own.stack(), progress));
    }
  }

  private FleetSummary run(LocalStack stack, Progress progress) {
    Endpoints endpoints =
        new Endpoints(
            stack.kafka(),
            URI.create(stack.serviceUrl("key")),
            URI.create(stack.serviceUrl("activation")));
    FleetSummary summary =
        new FleetRun(
                FleetPlanner.plan(devices, seed),
                endpoints,
                new FleetRun.Pace(0, OPEN_MAX, null),
                progress)
            .run();
    EditionRun editions =
        new EditionRun(
            stack.kafka(),
            endpoints.keyService(),
            URI.create(stack.serviceUrl("edition")),
            Fleets.changing(devices),
            seed,
            true,
            progress);
    EsuFleetRun esu =
        new EsuFleetRun(
            EsuPlanner.plan(Fleets.esuDevices(devices), seed, true),
            stack.kafka(),
            endpoints.keyService(),
            URI.create(stack.serviceUrl("esu")),
            true,
            progress);
    return summary.with(editions.run()).with(esu.run());
  }
}
