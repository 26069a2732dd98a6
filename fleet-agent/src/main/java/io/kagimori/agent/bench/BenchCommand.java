package io.kagimori.agent.bench;

import io.kagimori.agent.bench.BenchReport.Latency;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.local.TemporaryStack;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.simulation.SyntheticKeys;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.local.LocalStack;
import io.kagimori.local.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Throughput and latency of the pipeline beside the plain program that does the same. */
@Command(
    name = "bench",
    subcommands = {
      EnrolmentsBenchCommand.class,
      ReportsBenchCommand.class,
      StagesBenchCommand.class
    },
    description = {
      "Measures the activation pipeline beside a plain program that does the same.",
      "The program uses kafka-clients and JDBC for the same two hops with the same statements and"
          + " batch sizes, on one stack and in turns.",
      "The ratio is what to quote: absolute figures depend on the machine."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori bench --requests 30000 --rounds 3 --json")
public final class BenchCommand implements Callable<Integer> {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final List<String> SERVICES = List.of("key", "activation");
  private static final int LAST_SEAT_REQUESTS = 10_000;
  private static final int SECONDS_UNTIL_COMPILED = 60;
  private static final int SECONDS_UNTIL_RESTED = 10;
  private static final int SECONDS_OF_REST = 10;

  private static final long PLENTY = 1_000_000_000L;

  @Mixin private Output output;

  @Option(names = "--requests", paramLabel = "N", defaultValue = "30000", description = "A round.")
  private int requests;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Of each.")
  private int rounds;

  @Option(names = "--rate", paramLabel = "R", defaultValue = "500", description = "For latency.")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "How long the latency is measured.")
  private int seconds;

  @Override
  public Integer call() throws SQLException {
    if (requests < 1 || rounds < 1 || rate < 1 || seconds < 1) {
      throw CommandFailure.usage("INVALID_VALUE", "All figures must be 1 or more.");
    }
    try (TemporaryStack own = TemporaryStack.start("bench", output, SERVICES)) {
      print(measure(own.stack()));
      return 0;
    }
  }

  private BenchReport measure(LocalStack stack) throws SQLException {
    Map<String, Double> start = new LinkedHashMap<>();
    for (String service : SERVICES) {
      start.put(service, restart(stack.service(service)));
    }
    output.note("memory at rest");
    Map<String, Long> resident = residentAtRest(stack);
    List<String> keys = IntStream.range(0, 10).mapToObj(i -> "bench-" + i).toList();
    ServiceClient client = new ServiceClient("key-service", URI.create(stack.serviceUrl("key")));
    SyntheticKeys synthetic = new SyntheticKeys(new Random());
    keys.forEach(key -> register(client, key, synthetic, PLENTY));
    register(client, "bench-hot", synthetic, PLENTY);
    register(client, "bench-last", synthetic, 1);

    List<Double> floorRates = new ArrayList<>();
    Latency floorLatency;
    List<Double> pipeline = new ArrayList<>();
    Map<String, Double> shares = Map.of();
    try (Floor floor = Floor.start(stack, keys)) {
      output.note("warming up");
      Load.Plan round = new Load.Plan(requests, 0, keys);
      WarmUp.run(() -> floor.run(round).perSecond());
      WarmUp.run(() -> pipelineLoad(stack, keys, requests, 0).perSecond());
      for (int i = 1; i <= rounds; i++) {
        output.note("round " + i + " of " + rounds);
        floorRates.add(Rates.rounded(floor.run(round).perSecond()));
        Map<String, Double> before = meters(stack);
        Load.Outcome outcome = pipelineLoad(stack, keys, requests, 0);
        shares = ServiceMeters.shares(before, meters(stack), outcome.seconds());
        pipeline.add(Rates.rounded(outcome.perSecond()));
      }
      output.note("latency of the floor");
      floorLatency = Latency.of(floor.run(new Load.Plan(rate * seconds, rate, keys)).latency());
    }
    output.note("one hot key, last seat");
    Load.Outcome hot = pipelineLoad(stack, List.of("bench-hot"), requests, 0);
    Load.Outcome last = pipelineLoad(stack, List.of("bench-last"), LAST_SEAT_REQUESTS, 0);
    output.note("latency");
    // The first minute at a new pace belongs to the JIT compilers, which take a core of two.
    pipelineLoad(stack, keys, rate * SECONDS_UNTIL_COMPILED, rate);
    Load.Outcome calm = pipelineLoad(stack, keys, rate * seconds, rate);
    return new BenchReport(
        floorRates,
        pipeline,
        Rates.ratio(floorRates, pipeline),
        shares,
        Rates.rounded(hot.perSecond()),
        last.byType(),
        floorLatency,
        Latency.of(calm.latency()),
        rate,
        start,
        resident);
  }

  private static Map<String, Double> meters(LocalStack stack) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (String service : SERVICES) {
      all.putAll(new ServiceMeters(stack.serviceUrl(service)).seconds());
    }
    return all;
  }

  private static Load.Outcome pipelineLoad(
      LocalStack stack, List<String> keys, int count, int perSecond) {
    try (Load load = new Load(stack.kafka(), "activation.requests", "activation.results")) {
      return load.run(new Load.Plan(count, perSecond, keys));
    }
  }

  private static double restart(Supervised service) {
    service.stop();
    long begin = System.nanoTime();
    service.start();
    service.awaitReady(READY);
    return Rates.rounded((System.nanoTime() - begin) / 1e9);
  }

  /** The most that was resident, by service, once the compilers have given back what they took. */
  private static Map<String, Long> residentAtRest(LocalStack stack) {
    Map<String, Long> most = new LinkedHashMap<>();
    for (int second = 0; second < SECONDS_UNTIL_RESTED + SECONDS_OF_REST; second++) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      if (second >= SECONDS_UNTIL_RESTED) {
        for (String service : SERVICES) {
          most.merge(service, residentMb(stack.service(service).pid()), Math::max);
        }
      }
    }
    return most;
  }

  /** Resident memory as Linux counts it; 0 elsewhere. */
  private static long residentMb(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void register(
      ServiceClient client, String keyId, SyntheticKeys synthetic, long purchased) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("keyId", keyId);
    key.put("kind", "MAK");
    key.put("productKey", synthetic.next().value());
    key.put("products", List.of(Map.of("product", "windows-server-2019")));
    key.put("purchased", purchased);
    if (!client.post("/keys", key, EventIds.request(), 30).done()) {
      throw CommandFailure.outside(
          "NO_ANSWER", "key-service did not register " + keyId + ".", null);
    }
  }

  private void print(BenchReport report) {
    if (output.json()) {
      output.document(report);
      return;
    }
    output.line("floor, requests/s        " + report.floorPerSecond());
    output.line("pipeline, requests/s     " + report.pipelinePerSecond());
    output.line("ratio, median            " + output.strong(Double.toString(report.ratio())));
    output.line("where the time goes      " + report.whereTimeGoes());
    output.line("one hot key, grants/s    " + report.hotKeyPerSecond());
    output.line("last seat, answers       " + report.lastSeat());
    output.line(
        "floor, ms at %d/s        ".formatted(report.latencyRate()) + report.floorLatencyMs());
    output.line("pipeline, ms at %d/s     ".formatted(report.latencyRate()) + report.latencyMs());
    output.line("start to ready, s        " + report.startSeconds());
    output.line("resident when idle, MB   " + report.idleResidentMb());
  }
}
