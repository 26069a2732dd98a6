package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.EsuPlan.Enrolment;
import io.kagimori.agent.simulation.EsuPlan.Enrolments;
import io.kagimori.agent.simulation.EsuPlan.Fate;
import io.kagimori.agent.simulation.EsuPlan.Step;
import io.kagimori.agent.simulation.EsuPlan.Turn;
import io.kagimori.agent.simulation.EsuPlan.Update;
import io.kagimori.agent.simulation.EsuPlan.Updates;
import io.kagimori.agent.simulation.EsuPlan.YearKey;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.EsuUpdateReportedBuilder;
import io.kagimori.contracts.event.EsuUpdateStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Plans what a fleet of Windows 10 devices does about ESU, from a seed: the same seed and size give
 * the same plan. Ten of a hundred devices run on a platform that includes the updates, twenty make
 * a mistake, the others enrol in years 1 and 2, and two of three of them in year 3.
 */
final class EsuPlanner {
  private static final String PRODUCT = "windows-10";
  private static final String EDITION = "Enterprise";
  private static final String KB = "KB5099001";
  private static final List<String> READY = List.of("KB5066791", "KB5072653");
  private static final int OF_TEN_PLATFORM = 1;
  private static final int OF_TEN_MISTAKEN = 2;

  private final String name;
  private final int devices;
  private final boolean turns;
  private final Random random;

  private final List<String> enrolling = new ArrayList<>();
  private final List<Enrolment> platform = new ArrayList<>();
  private final List<Enrolment> mistakes = new ArrayList<>();

  private EsuPlanner(int devices, long seed, boolean turns) {
    this.name = "esu" + seed;
    this.devices = devices;
    this.turns = turns;
    this.random = new Random(seed ^ 0x45_53_55L);
  }

  /**
   * The plan.
   *
   * @param devices how many, 1 and up
   * @param seed decides everything
   * @param turns whether time can be chosen, so that a year can turn
   */
  static EsuPlan plan(int devices, long seed, boolean turns) {
    return new EsuPlanner(devices, seed, turns).plan();
  }

  private EsuPlan plan() {
    for (int i = 0; i < devices; i++) {
      String device = "%s-d%05d".formatted(name, i);
      int place = i % 10;
      if (place < OF_TEN_PLATFORM) {
        platform.add(enrolment(device, "vm", ask(device, null).platform(), Fate.BY_PLATFORM, null));
      } else if (place < OF_TEN_PLATFORM + OF_TEN_MISTAKEN) {
        mistakes.add(mistake(device, i / 10));
      } else {
        enrolling.add(device);
      }
    }
    List<Step> steps = new ArrayList<>();
    List<String> failing = enrolling.stream().filter(d -> random.nextInt(5) == 0).toList();
    steps.add(new Enrolments("ESU by platform and by mistake", both(platform, mistakes)));
    steps.add(updates("updates fail", failing, EsuUpdateStage.REVERTED, "ESU_NOT_ACTIVATED"));
    steps.add(year(1, enrolling));
    steps.add(year(2, enrolling));
    steps.add(updates("updates again", failing, EsuUpdateStage.INSTALLED, null));
    steps.add(repeats());
    if (turns) {
      List<String> renewing = new ArrayList<>();
      List<String> lapsing = new ArrayList<>();
      for (int i = 0; i < enrolling.size(); i++) {
        (i % 3 == 0 ? lapsing : renewing).add(enrolling.get(i));
      }
      steps.add(year(3, renewing, lapsing));
      steps.add(new Turn(lapsing));
    }
    return new EsuPlan(name, devices, keys(), steps);
  }

  private static List<Enrolment> both(List<Enrolment> one, List<Enrolment> other) {
    List<Enrolment> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private List<YearKey> keys() {
    SyntheticKeys synthetic = new SyntheticKeys(random);
    List<YearKey> keys = new ArrayList<>();
    for (int year = 1; year <= 3; year++) {
      // One more than wanted, so that failing devices never race for the last seat.
      keys.add(
          new YearKey(
              keyId(year),
              year,
              activationId(PRODUCT, year),
              synthetic.next(),
              enrolling.size() + 1L));
    }
    return keys;
  }

  private static String activationId(String product, int year) {
    return Catalogue.get().esuPrograms().find(product, year).stream()
        .flatMap(row -> row.activationId().stream())
        .findFirst()
        .orElseThrow();
  }

  private String keyId(int year) {
    return name + "-year" + year;
  }

  /** One in seven activations fails; those devices lapse with the others. */
  private Enrolments year(int year, List<String> who, List<String> lapsing) {
    List<Enrolment> all = new ArrayList<>();
    for (int i = 0; i < who.size(); i++) {
      boolean fails = i % 7 == 6;
      Fate fate = fails ? Fate.FAILS : Fate.ENTITLED;
      all.add(enrolment(who.get(i), "y" + year, ask(who.get(i), year), fate, null));
      if (fails) {
        lapsing.add(who.get(i));
      }
    }
    return new Enrolments("ESU year " + year, all);
  }

  private Enrolments year(int year, List<String> who) {
    List<Enrolment> all = new ArrayList<>();
    for (String device : who) {
      all.add(enrolment(device, "y" + year, ask(device, year), Fate.ENTITLED, null));
    }
    return new Enrolments("ESU year " + year, all);
  }

  /** Who has a year and asks again under another id is told so, and takes no seat. */
  private Enrolments repeats() {
    List<Enrolment> all = new ArrayList<>();
    for (String device : enrolling) {
      if (random.nextInt(10) == 0) {
        all.add(enrolment(device, "again", ask(device, 2), Fate.REFUSED, "ALREADY_ENTITLED"));
      }
    }
    return new Enrolments("ESU once more", all);
  }

  private Enrolment mistake(String device, int nth) {
    Draft ask = ask(device, 1);
    String serverYear = activationId("windows-server-2012-r2", 1);
    return switch (nth % 7) {
      case 0 -> enrolment(device, "m", ask.version("21H2"), Fate.REFUSED, "VERSION_NOT_ELIGIBLE");
      case 1 -> enrolment(device, "m", ask.build("19045.5000"), Fate.REFUSED, "BUILD_TOO_OLD");
      case 2 -> enrolment(device, "m", ask.updates(List.of()), Fate.REFUSED, "PREREQ_MISSING");
      case 3 ->
          enrolment(device, "m", ask.edition("EnterpriseS"), Fate.REFUSED, "EDITION_NOT_ELIGIBLE");
      case 4 -> enrolment(device, "m", ask.year(2), Fate.REFUSED, "EARLIER_YEAR_MISSING");
      case 5 ->
          enrolment(device, "m", ask.id(serverYear).year(null), Fate.REFUSED, "PROGRAM_MISMATCH");
      default ->
          enrolment(
              device, "m", ask.id(id(device, "guid").toString()), Fate.REFUSED, "UNKNOWN_PROGRAM");
    };
  }

  private Updates updates(String what, List<String> who, EsuUpdateStage stage, String reason) {
    return new Updates(
        what,
        who.stream()
            .map(
                device ->
                    new Update(
                        id(device, "update-" + stage),
                        EsuUpdateReportedBuilder.builder()
                            .deviceId(device)
                            .product(PRODUCT)
                            .edition(EDITION)
                            .kb(KB)
                            .stage(stage)
                            .code(stage == EsuUpdateStage.REVERTED ? "80070661" : null)
                            .build(),
                        reason))
            .toList());
  }

  private Enrolment enrolment(String device, String what, Draft draft, Fate fate, String reason) {
    int copies = random.nextInt(20) == 0 ? 2 : 1;
    return new Enrolment(id(device, what), draft.event(), fate, reason, copies);
  }

  private static UUID id(String device, String what) {
    return EventIds.named(device + "/esu/" + what);
  }

  private Draft ask(String device, Integer year) {
    return new Draft(device, year);
  }

  /** A request being written. */
  private final class Draft {
    private final String device;
    private Integer year;
    private String edition = EDITION;
    private String version = "22H2";
    private String build = "19045.6456";
    private List<String> updates = READY;
    private String activationId;
    private EsuRoute route;

    private Draft(String device, Integer year) {
      this.device = device;
      this.year = year;
    }

    Draft platform() {
      route = EsuRoute.PLATFORM;
      return this;
    }

    Draft year(Integer number) {
      year = number;
      return this;
    }

    Draft edition(String id) {
      edition = id;
      return this;
    }

    Draft version(String number) {
      version = number;
      return this;
    }

    Draft build(String number) {
      build = number;
      return this;
    }

    Draft updates(List<String> kbs) {
      updates = kbs;
      return this;
    }

    Draft id(String guid) {
      activationId = guid;
      return this;
    }

    EsuEnrolmentRequested event() {
      // On a stack of our own half of the devices leave the choice of the pool to key-service.
      boolean named =
          year != null && route != EsuRoute.PLATFORM && (!turns || device.hashCode() % 2 == 0);
      return new EsuEnrolmentRequested(
          device,
          PRODUCT,
          edition,
          version,
          build,
          null,
          updates,
          null,
          activationId,
          year,
          null,
          route,
          route == EsuRoute.PLATFORM ? "AZURE_VM" : null,
          null,
          null,
          named ? keyId(year) : null,
          null,
          null,
          null,
          null);
    }
  }
}
