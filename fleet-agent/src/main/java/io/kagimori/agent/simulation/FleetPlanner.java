package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.FleetPlan.Agreement;
import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Bad;
import io.kagimori.agent.simulation.FleetPlan.Fate;
import io.kagimori.agent.simulation.FleetPlan.Host;
import io.kagimori.agent.simulation.FleetPlan.PoolKey;
import io.kagimori.contracts.cloudevents.DeadLetterReason;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Plans a fleet from a seed: the same seed and size give the same plan to the last byte, which
 * device asks what and which one fails included.
 */
public final class FleetPlanner {
  /** Requests go out in three waves: the first, the rest, those who come back. */
  static final int WAVES = 3;

  private static final List<String> SITES = List.of("tokyo", "osaka", "nagoya");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final String name;
  private final int devices;
  private final Random random;
  private final SyntheticKeys syntheticKeys;
  private final AskWriter write;

  private final Map<String, PoolKey> keys = new LinkedHashMap<>();
  private final Map<String, Long> seatsNeeded = new LinkedHashMap<>();
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<Kind, Integer> seen = new LinkedHashMap<>();
  private final List<List<Ask>> waves = new ArrayList<>();
  private final List<Bad> bad = new ArrayList<>();

  private FleetPlanner(int devices, long seed) {
    this.name = "sim" + seed;
    this.devices = devices;
    this.random = new Random(seed);
    this.syntheticKeys = new SyntheticKeys(random);
    this.write = new AskWriter(random);
    for (int i = 0; i < WAVES; i++) {
      waves.add(new ArrayList<>());
    }
  }

  /**
   * The plan of a fleet.
   *
   * @param devices how many, 1 and up
   * @param seed decides everything
   */
  public static FleetPlan plan(int devices, long seed) {
    return new FleetPlanner(devices, seed).plan();
  }

  private FleetPlan plan() {
    registerKeys();
    for (int number = 0; number < devices; number++) {
      plan(Kind.of(number), "%s-d%06d".formatted(name, number));
    }
    planSingleUse();
    planBadRecords();
    return new FleetPlan(
        name, devices, List.of(agreement()), sized(), List.copyOf(hosts.values()), waves, bad);
  }

  private Agreement agreement() {
    return new Agreement(name + "-agreement", AgreementProgram.OPEN_VALUE, 1);
  }

  private void registerKeys() {
    key("clients", KeyKind.MAK, "windows-11", null, null);
    key("servers", KeyKind.MAK, "windows-server-2022", null, null);
    key("scarce", KeyKind.MAK, "windows-server-2019", null, null);
    for (String site : SITES) {
      key(site + "-a", KeyKind.MAK, "windows-10", name + "-" + site, null);
      key(site + "-b", KeyKind.MAK, "windows-10", name + "-" + site, null);
    }
    key("expired", KeyKind.MAK, "windows-8-1", null, LONG_AGO);
    key("blocked", KeyKind.MAK, "windows-8", null, null);
    key("retail", KeyKind.RETAIL, "windows-7", null, null);
  }

  private void key(String id, KeyKind kind, String product, String site, Instant expiresAt) {
    PoolKey key =
        new PoolKey(
            name + "-" + id,
            kind,
            syntheticKeys.next(),
            List.of(new KeyProduct(product, List.of("*"))),
            name + "-agreement",
            0,
            site,
            expiresAt,
            id.equals("blocked"));
    keys.put(id, key);
  }

  /** Every pool as large as its devices need, with some air, the scarce one a third too small. */
  private List<PoolKey> sized() {
    List<PoolKey> sized = new ArrayList<>();
    keys.forEach(
        (id, key) -> {
          long needed = seatsNeeded.getOrDefault(id, 0L);
          long purchased =
              switch (id) {
                case "scarce" -> needed * 2 / 3;
                case "retail" -> 1;
                default -> needed + needed / 10 + 5;
              };
          sized.add(
              new PoolKey(
                  key.keyId(),
                  key.kind(),
                  key.productKey(),
                  key.products(),
                  key.agreementId(),
                  purchased,
                  key.site(),
                  key.expiresAt(),
                  key.blocked()));
        });
    return sized;
  }

  private void plan(Kind kind, String device) {
    int nth = seen.merge(kind, 1, Integer::sum) - 1;
    switch (kind) {
      case MAK_NAMED -> named(device);
      case MAK_PARTIAL -> partial(device);
      case MAK_CHOSEN -> chosen(device, SITES.get(nth % SITES.size()));
      case MAK_SCARCE -> scarce(device);
      case KMS_CLIENT -> kms(device, nth, 60, 24, "clients", "windows-11", "Enterprise");
      case KMS_SERVER ->
          kms(device, nth, 20, 4, "servers", "windows-server-2022", "ServerStandard");
      case KMS_RUSH -> rush(device, nth);
      case KMS_COLD_HOST -> {
        Host cold = host("cold", false);
        add(0, write.kms(device, "windows-10", "Enterprise", cold, write.cmid()).silent());
      }
      case KMS_WRONG_CLOCK -> {
        Host host = host("clock", true);
        add(0, write.kms(device, "windows-10", "Enterprise", host, write.cmid()).clockWrong());
      }
      case KMS_CLONE -> clone(device, nth);
      case MISTAKEN -> mistake(device, nth);
      default -> throw new IllegalStateException("no plan for " + kind);
    }
  }

  private void named(String device) {
    boolean server = random.nextInt(4) == 0;
    String id = server ? "servers" : "clients";
    AskWriter.Draft draft =
        server
            ? write.mak(device, "windows-server-2022", "ServerDatacenter")
            : write.mak(device, "windows-11", random.nextBoolean() ? "Enterprise" : "Education");
    Ask ask = draft.key(keys.get(id).keyId()).reported();
    seatsNeeded.merge(id, 1L, Long::sum);
    add(random.nextInt(2), ask);
    comeBack(ask);
  }

  /** One in ten asks again: after a success for its own seat, after a failure for a new try. */
  private void comeBack(Ask first) {
    if (first.fate() != Fate.STAYS_SILENT && random.nextInt(10) == 0) {
      add(WAVES - 1, write.again(first));
    }
  }

  private void partial(String device) {
    AskWriter.Draft draft = write.mak(device, "windows-11", "Professional");
    seatsNeeded.merge("clients", 1L, Long::sum);
    add(random.nextInt(2), draft.partial(keys.get("clients").productKey().partialKey()).reported());
  }

  private void chosen(String device, String site) {
    seatsNeeded.merge(site + "-a", 1L, Long::sum);
    seatsNeeded.merge(site + "-b", 1L, Long::sum);
    add(
        random.nextInt(2),
        write.mak(device, "windows-10", "Enterprise").site(name + "-" + site).reported());
  }

  /** All of them in one wave and all granted ones succeed: so the counts cannot vary. */
  private void scarce(String device) {
    seatsNeeded.merge("scarce", 1L, Long::sum);
    add(
        0,
        write
            .mak(device, "windows-server-2019", "ServerStandard")
            .key(keys.get("scarce").keyId())
            .racing());
  }

  /** Those below the threshold come first and come back last. */
  private void kms(
      String device,
      int nth,
      int perHost,
      int early,
      String hostName,
      String product,
      String edition) {
    Host host = host(hostName + nth / perHost, true);
    AskWriter.Draft draft = write.kms(device, product, edition, host, write.cmid());
    boolean tooEarly = nth % perHost < early;
    Ask ask = tooEarly ? draft.succeeding() : draft.reported();
    add(tooEarly ? 0 : 1, ask);
    if (tooEarly) {
      add(WAVES - 1, write.again(ask));
    }
  }

  private void rush(String device, int nth) {
    Host host = host("rush" + nth / 50, true);
    add(1, write.kms(device, "windows-11", "Education", host, write.cmid()).racing());
  }

  /** Pairs of clones, forty on a host: they count twenty, so nobody there reaches the threshold. */
  private void clone(String device, int nth) {
    Host host = host("clones" + nth / 40, true);
    String cmid = EventIds.named(name + "/clone/" + nth / 2).toString();
    add(0, write.kms(device, "windows-10", "Education", host, cmid).succeeding());
  }

  private void mistake(String device, int nth) {
    AskWriter.Draft wrong =
        switch (nth % 9) {
          case 0 -> write.mak(device, "windows-95", "Professional");
          case 1 -> write.mak(device, "windows-11", "Ultimate");
          case 2 -> write.mak(device, "windows-11", "Enterprise").key(name + "-nobody");
          case 3 -> write.mak(device, "windows-8-1", "Enterprise").key(id("expired"));
          case 4 -> write.mak(device, "windows-8", "Enterprise").key(id("blocked"));
          case 5 -> write.mak(device, "windows-11", "Enterprise").key("setup-key-2yt43");
          case 6 -> write.mak(device, "windows-server-2022", "ServerStandard").key(id("clients"));
          case 7 -> write.mak(device, "windows-vista", "Business").site(name + "-nowhere");
          default ->
              write
                  .kms(device, "windows-11", "Enterprise", host("mistakes", true), write.cmid())
                  .key(id("clients"));
        };
    add(random.nextInt(2), wrong.silent());
  }

  private String id(String key) {
    return keys.get(key).keyId();
  }

  /** A key for one device, wanted by two, one after the other. */
  private void planSingleUse() {
    for (int i = 0; i < 2; i++) {
      String device = name + "-retail" + i;
      add(i, write.mak(device, "windows-7", "Professional").key(id("retail")).succeeding());
    }
  }

  private void planBadRecords() {
    for (int i = 0; i < 1 + devices / 1000; i++) {
      String device = name + "-bad" + i;
      bad.add(bad(device, "json", "{\"deviceId\":", DeadLetterReason.INVALID_JSON));
      bad.add(
          bad(
              device,
              "event",
              "{\"deviceId\":\"%s\",\"product\":\"windows-11\"}".formatted(device),
              DeadLetterReason.INVALID_EVENT));
    }
  }

  private static Bad bad(String device, String what, String body, DeadLetterReason reason) {
    return new Bad(EventIds.named(device + "/" + what), device, body, reason);
  }

  private Host host(String id, boolean activated) {
    String host = name + "-kms-" + id;
    return hosts.computeIfAbsent(
        host, h -> new Host(h, 1688, activated, EventIds.named(h + "/report")));
  }

  private void add(int wave, Ask ask) {
    waves.get(wave).add(ask);
  }
}
