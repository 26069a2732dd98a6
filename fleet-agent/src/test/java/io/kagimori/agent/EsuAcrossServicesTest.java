package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.simulation.SyntheticKeys;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EsuProgramYear;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ESU year from the request to coverage through key-, activation- and esu-service, typed as an
 * operator types it. The jars are built before this module in every full build; where somebody
 * builds this module alone, there is nothing to run against.
 */
class EsuAcrossServicesTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final List<EsuProgramYear> BEGUN =
      Catalogue.get().esuPrograms().all().stream()
          .filter(year -> year.product().filter("windows-10"::equals).isPresent())
          .filter(EsuProgramYear::soldAsMak)
          .filter(year -> !year.coverageStart().isAfter(LocalDate.now(ZoneOffset.UTC)))
          .toList();

  /** The year of today; those before it are only recorded. */
  private static final EsuProgramYear YEAR = BEGUN.getLast();

  private static final String ID = YEAR.activationId().orElseThrow();
  private static final String INSTALLATION_ID = "123456789".repeat(7);
  private static final String CONFIRMATION_ID = "654321".repeat(8);

  private static final int SEATS = 9;

  @TempDir private static Path data;

  private static LocalStack stack;

  @BeforeAll
  static void start() throws IOException {
    for (String service : List.of("key-service", "activation-service", "esu-service")) {
      Path jar = HOME.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
      assumeTrue(Files.exists(jar), service + " is not built");
    }
    StackOptions usual = StackOptions.usual(HOME);
    Map<String, Integer> services = new LinkedHashMap<>(usual.services());
    services.keySet().retainAll(Set.of("key", "activation", "esu"));
    stack =
        LocalStack.start(
            usual.withServices(services).withData(data.resolve("stack")).onFreePorts());
    stack.awaitReady(Duration.ofMinutes(3));
    SyntheticKeys keys = new SyntheticKeys(new Random(26));
    register("windows-mak", "MAK", keys.next().value());
    register("esu", "ESU_MAK", keys.next().value(), "--activation-id", ID);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  private static void register(String keyId, String kind, String key, String... more)
      throws IOException {
    Path file = Files.writeString(data.resolve(keyId + ".txt"), key + "\n");
    List<String> args =
        new ArrayList<>(
            List.of("keys", "register", keyId, "--kind", kind, "--covers", "windows-10"));
    args.addAll(List.of("--purchased", "" + SEATS, "--product-key-file", file.toString()));
    args.addAll(List.of("--wait", "30"));
    args.addAll(List.of(more));
    done(args.toArray(String[]::new));
  }

  private static Typed run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    for (String service : List.of("key", "activation", "esu")) {
      all.addAll(List.of("--" + service + "-service", stack.serviceUrl(service)));
    }
    all.addAll(List.of("--kafka", stack.kafka(), "--json"));
    return typed(all.toArray(String[]::new));
  }

  private static JsonNode done(String... args) {
    Typed typed = run(args);
    assertThat(typed.exitCode()).as("%s", typed).isEqualTo(Exit.DONE);
    return typed.json();
  }

  private static JsonNode enrol(String device, EsuProgramYear year, String... more) {
    List<String> args = new ArrayList<>(List.of("request", "esu", "--device", device));
    args.addAll(List.of("--product", "windows-10", "--edition", "Enterprise"));
    args.addAll(List.of("--os-version", "22H2", "--build", "19045.6456"));
    args.addAll(List.of("--updates", "KB5072653", "--wait", "30"));
    args.addAll(List.of("--activation-id", year.activationId().orElseThrow()));
    args.addAll(List.of(more));
    return done(args.toArray(String[]::new));
  }

  private static void recordEarlierYears(String device) {
    for (EsuProgramYear year : BEGUN.subList(0, BEGUN.size() - 1)) {
      assertThat(enrol(device, year, "--activated").path("verdict").asText()).isEqualTo("ENTITLED");
    }
  }

  private static JsonNode succeeded(String device, JsonNode accepted, String... more) {
    List<String> args = new ArrayList<>(List.of("request", "attempt", "--device", device));
    args.addAll(List.of("--request", accepted.path("activationRequestId").asText()));
    args.addAll(List.of("--wait", "30"));
    args.addAll(List.of(more));
    return done(args.toArray(String[]::new));
  }

  private static List<String> slmgrOptions(JsonNode answer) {
    List<String> options = new ArrayList<>();
    answer
        .path("steps")
        .forEach(step -> options.add(step.asText().replaceFirst(".*slmgr.vbs ", "")));
    return options;
  }

  private static void awaitState(String device, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(run("esu", "coverage", "--device", device).json().path("state").asText())
                    .isEqualTo(state));
  }

  @Test
  @DisplayName("S3-09 S3-07 the key, then its activation id: covered, a seat of the ESU pool only")
  void online() {
    recordEarlierYears("online");
    JsonNode accepted = enrol("online", YEAR);
    assertThat(slmgrOptions(accepted))
        .containsExactly("/ipk {key:esu}", "/ato " + ID, "/dlv " + ID);
    awaitState("online", "ELIGIBLE");

    succeeded("online", accepted);
    awaitState("online", "COVERED");
    assertThat(done("keys", "ledger", "esu").path("items").toString()).contains("CONSUMED");
    assertThat(done("keys", "show", "windows-mak").path("available").asLong()).isEqualTo(SEATS);
  }

  @Test
  @DisplayName(
      "S3-26 by telephone: ids of the add-on are read out and typed in, and a confirmation id that"
          + " fitted is applied again, without spaces")
  void telephone() {
    recordEarlierYears("phone");
    JsonNode accepted =
        enrol("phone", YEAR, "--route", "TELEPHONE", "--installation-id", INSTALLATION_ID);
    assertThat(accepted.path("route").asText()).isEqualTo("TELEPHONE");
    assertThat(slmgrOptions(accepted))
        .containsExactly(
            "/ipk {key:esu}", "/dti " + ID, "/atp <confirmation id> " + ID, "/dlv " + ID);

    JsonNode confirmed =
        succeeded(
            "phone",
            accepted,
            "--stage",
            "CONFIRMATION_ID",
            "--confirmation-id",
            CONFIRMATION_ID.replaceAll("(.{6})", "$1 ").strip());
    assertThat(confirmed.at("/detail/confirmationId").asText()).isEqualTo(CONFIRMATION_ID);
    awaitState("phone", "COVERED");

    reportUnlicensed("phone");
    // What began today and ended today covered no day.
    awaitState("phone", "ELIGIBLE");
    JsonNode again =
        enrol("phone", YEAR, "--route", "TELEPHONE", "--installation-id", INSTALLATION_ID);
    assertThat(slmgrOptions(again))
        .containsExactly("/ipk {key:esu}", "/atp " + CONFIRMATION_ID + " " + ID, "/dlv " + ID);
  }

  /** A reinstalled system has lost the add-on. */
  private static void reportUnlicensed(String device) {
    DeviceReported.License license =
        DeviceReportedLicenseBuilder.builder()
            .name("ESU")
            .activationId(ID)
            .licenseStatus(0)
            .build();
    DeviceReported report =
        DeviceReportedBuilder.builder()
            .deviceId(device)
            .collectedAt(Instant.now())
            .source("SLMGR")
            .licenses(List.of(license))
            .build();
    try (EventSender sender = new EventSender(stack.kafka())) {
      sender.publish(
          EventSender.event(
              EventType.DEVICE_REPORTED, EventIds.request(), report.collectedAt(), report));
    }
  }
}
