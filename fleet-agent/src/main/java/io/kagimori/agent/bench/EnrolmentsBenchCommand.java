package io.kagimori.agent.bench;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.local.TemporaryStack;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.simulation.SyntheticKeys;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EsuProgramYear;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.local.LocalStack;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** ESU enrolments through three services beside the plain program that does the same. */
@Command(
    name = "enrolments",
    description = {
      "Measures ESU enrolments through three services beside a plain program that does the same.",
      "Four hops each: esu-service asks for a seat, key-service finds it, activation-service grants"
          + " it, esu-service accepts.",
      "The ratio is what to quote: absolute figures depend on the machine."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori bench enrolments --requests 20000 --rounds 3 --json")
final class EnrolmentsBenchCommand implements Callable<Integer> {
  private static final List<String> SERVICES = List.of("key", "activation", "esu");
  private static final String PRODUCT = "windows-10";
  private static final long PLENTY = 1_000_000_000L;

  @Mixin private Output output;

  @Option(names = "--requests", paramLabel = "N", defaultValue = "20000", description = "A round.")
  private int requests;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Of each.")
  private int rounds;

  @Override
  public Integer call() throws SQLException {
    if (requests < 1 || rounds < 1) {
      throw CommandFailure.usage("INVALID_VALUE", "All figures must be 1 or more.");
    }
    try (TemporaryStack own = TemporaryStack.start("bench-enrolments", output, SERVICES)) {
      print(measure(own.stack()));
      return 0;
    }
  }

  private EnrolmentsBenchReport measure(LocalStack stack) throws SQLException {
    String activationId = firstYear();
    List<String> keys = IntStream.range(0, 10).mapToObj(i -> "bench-esu-" + i).toList();
    ServiceClient client = new ServiceClient("key-service", URI.create(stack.serviceUrl("key")));
    SyntheticKeys synthetic = new SyntheticKeys(new Random());
    keys.forEach(key -> register(client, key, synthetic, activationId));

    List<Double> floorRates = new ArrayList<>();
    List<Double> accepted = new ArrayList<>();
    List<Double> entitled = new ArrayList<>();
    Map<String, Double> shares = Map.of();
    Map<String, Double> processors = Map.of();
    try (EnrolmentFloor floor = EnrolmentFloor.start(stack, keys)) {
      output.note("warming up");
      WarmUp.run(() -> floor.run(plan(keys, activationId, requests)).perSecond());
      WarmUp.run(() -> services(stack, plan(keys, activationId, requests)));
      for (int round = 1; round <= rounds; round++) {
        output.note("round " + round + " of " + rounds);
        floorRates.add(Rates.rounded(floor.run(plan(keys, activationId, requests)).perSecond()));
        try (EnrolmentLoad load = EnrolmentLoad.onServices(stack.kafka())) {
          Map<String, Double> metersBefore = meters(stack);
          Map<String, Double> processorBefore = processorSeconds(stack);
          EnrolmentLoad.Outcome outcome = load.enrol(plan(keys, activationId, requests));
          shares = ServiceMeters.shares(metersBefore, meters(stack), outcome.seconds());
          processors =
              ServiceMeters.shares(processorBefore, processorSeconds(stack), outcome.seconds());
          accepted.add(Rates.rounded(outcome.perSecond()));
          entitled.add(Rates.rounded(load.confirm(outcome).perSecond()));
        }
      }
    }
    return new EnrolmentsBenchReport(
        requests,
        floorRates,
        accepted,
        Rates.ratio(floorRates, accepted),
        entitled,
        shares,
        processors);
  }

  private static EnrolmentLoad.Plan plan(List<String> keys, String activationId, int count) {
    return new EnrolmentLoad.Plan(count, keys, PRODUCT, activationId);
  }

  private static double services(LocalStack stack, EnrolmentLoad.Plan plan) {
    try (EnrolmentLoad load = EnrolmentLoad.onServices(stack.kafka())) {
      EnrolmentLoad.Outcome outcome = load.enrol(plan);
      load.confirm(outcome);
      return outcome.perSecond();
    }
  }

  /** The year that a device without any can enter as long as the program runs. */
  private static String firstYear() {
    return Catalogue.get().esuPrograms().find(PRODUCT, 1).stream()
        .filter(EsuProgramYear::soldAsMak)
        .flatMap(year -> year.activationId().stream())
        .findFirst()
        .orElseThrow();
  }

  private static void register(
      ServiceClient client, String keyId, SyntheticKeys synthetic, String activationId) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("keyId", keyId);
    key.put("kind", "ESU_MAK");
    key.put("productKey", synthetic.next().value());
    key.put(
        "products",
        List.of(
            Map.of(
                "product",
                PRODUCT,
                "editions",
                List.of("*"),
                "activationIds",
                List.of(activationId))));
    key.put("purchased", PLENTY);
    if (!client.post("/keys", key, EventIds.request(), 30).done()) {
      throw CommandFailure.outside(
          "NO_ANSWER", "key-service did not register " + keyId + ".", null);
    }
  }

  /** Two services read {@code activation.results}, so the service's name stands in front. */
  private static Map<String, Double> meters(LocalStack stack) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (String service : SERVICES) {
      new ServiceMeters(stack.serviceUrl(service))
          .seconds()
          .forEach((step, seconds) -> all.put(service + " " + step, seconds));
    }
    return all;
  }

  private static Map<String, Double> processorSeconds(LocalStack stack) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (String service : SERVICES) {
      all.put(service, processorSeconds(stack.service(service).pid()));
    }
    all.put("load", processorSeconds(ProcessHandle.current().pid()));
    return all;
  }

  private static double processorSeconds(long pid) {
    return ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .map(Duration::toMillis)
            .orElse(0L)
        / 1e3;
  }

  private void print(EnrolmentsBenchReport report) {
    if (output.json()) {
      output.document(report);
      return;
    }
    output.line("enrolments a round           " + report.requests());
    output.line("floor, enrolments/s          " + report.floorPerSecond());
    output.line("services, accepted/s         " + report.acceptedPerSecond());
    output.line("ratio, median                " + output.strong(Double.toString(report.ratio())));
    output.line("services, then entitled/s    " + report.entitledPerSecond());
    output.line("where the time goes          " + report.whereTimeGoes());
    output.line("processors in use            " + report.processorsInUse());
  }
}
