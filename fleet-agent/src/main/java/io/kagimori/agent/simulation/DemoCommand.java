package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Output;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job from nothing to a summary, on a stack of its own. */
@Command(
    name = "demo",
    description = {
      "Starts a stack on free ports and in a temporary folder, runs a simulated fleet through it,",
      "audits every answer, prints the summary and stops everything.",
      "The same seed gives the same counts; product keys are made up at run time."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori demo --devices 2000 --seed 7 --json")
public final class DemoCommand implements Callable<Integer> {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final int OPEN_MAX = 200;

  /** The services that have a part in it. */
  private static final List<String> SERVICES = List.of("key", "activation");

  @Mixin private Output output;

  @Option(names = "--devices", paramLabel = "N", defaultValue = "2000", description = "How many.")
  private int devices;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Decides all.")
  private long seed;

  @Override
  public Integer call() {
    Fleets.require(devices, 0);
    Path home = Path.of(System.getProperty("kagimori.home", "")).toAbsolutePath();
    Path data = temporaryFolder();
    try (Progress progress = new Progress(output)) {
      progress.say("starting the stack in " + data);
      try (LocalStack stack = LocalStack.start(options(home, data))) {
        stack.awaitReady(READY);
        FleetSummary summary = run(stack, progress);
        progress.say("stopping the stack");
        return Fleets.print(output, summary);
      }
    } finally {
      delete(data);
    }
  }

  private FleetSummary run(LocalStack stack, Progress progress) {
    Endpoints endpoints =
        new Endpoints(
            stack.kafka(),
            URI.create(stack.serviceUrl("key")),
            URI.create(stack.serviceUrl("activation")));
    return new FleetRun(
            FleetPlanner.plan(devices, seed),
            endpoints,
            new FleetRun.Pace(0, OPEN_MAX, null),
            progress)
        .run();
  }

  private static StackOptions options(Path home, Path data) {
    StackOptions usual = StackOptions.usual(home);
    Map<String, Integer> services = new LinkedHashMap<>(usual.services());
    services.keySet().retainAll(SERVICES);
    return usual.withServices(services).withData(data).withFresh(true).onFreePorts();
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("kagimori-demo-");
    } catch (IOException e) {
      throw CommandFailure.outside(
          "NO_FOLDER", "No temporary folder can be made: " + e.getMessage() + ".", e);
    }
  }

  private void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      output.note("the folder " + folder + " could not be removed: " + e.getMessage());
    }
  }
}
