package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.contracts.event.EsuUpdateStage;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** Devices with a random past, made by the rules themselves. */
public final class RandomDevices {
  private static final List<String> PRODUCTS =
      List.of("windows-7", "windows-10", "windows-server-2012-r2", "windows-11");
  private static final LocalDate NO_PROGRAM = LocalDate.parse("2026-01-01");
  private static final int STEP_DAYS_MAX = 120;

  private RandomDevices() {}

  /** The device of a seed, with a label to find it by. */
  public static EsuDevice of(String deviceId, long seed, String collection) {
    EsuDevice device = made(deviceId, seed);
    Facts label = new Facts(null, null, null, null, null, null, null, collection);
    return device.with(label.over(device.facts()));
  }

  private static EsuDevice made(String deviceId, long seed) {
    // Neighbouring seeds begin alike; the factor spreads them.
    Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    World world = new World();
    world.device = EsuDevice.unknown(deviceId);
    String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
    if (random.nextInt(15) == 0) {
      return world.device;
    }
    LocalDate begin =
        World.PLAN.of(product).stream().findFirst().map(EsuYear::start).orElse(NO_PROGRAM);
    LocalDate day = begin.minusDays(random.nextInt(100));
    for (int step = 0; step < 12; step++) {
      day = day.plusDays(random.nextInt(STEP_DAYS_MAX));
      world.on(day);
      if (random.nextInt(20) == 0) {
        product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
      }
      step(world, product, random);
    }
    return world.device;
  }

  private static void step(World world, String product, Random random) {
    List<EsuYear> years = World.PLAN.of(product);
    if (years.isEmpty()) {
      world.enrol(Ask.windows10().product(product));
      return;
    }
    EsuYear year = years.get(random.nextInt(years.size()));
    Ask ask = Ask.ready(year).site("site-" + random.nextInt(3));
    switch (random.nextInt(8)) {
      case 0 -> world.enrol(ask.platform("AZURE_VM"));
      case 1 -> {
        LocalDate signedIn = YearRecord.day(world.now).minusDays(random.nextInt(35));
        world.enrol(ask.platform("WINDOWS_365").signedIn(signedIn.toString()));
      }
      case 2 -> world.report(year.activationId().orElseThrow(), random.nextInt(2), null);
      case 3 ->
          world.imported(
              EsuImportSource.ESU_VALUE,
              product,
              random.nextBoolean() ? year.activationId().orElseThrow() : null,
              null);
      case 4 -> world.enrol(ask.updates());
      case 5 -> world.update("KB5000001", EsuUpdateStage.REVERTED, "80070661", List.of());
      default -> {
        Conclusion asked = world.enrol(ask);
        if (asked.activation().isPresent()) {
          world.result(asked, Verdict.GRANTED, null);
          world.result(asked, random.nextBoolean() ? Verdict.CONFIRMED : Verdict.FAILED, "NO");
        }
      }
    }
    if (random.nextBoolean()) {
      world.tick();
    }
    if (world.saidHow(EsuVerdict.DIAGNOSED) > 50) {
      throw new IllegalStateException("diagnoses without end");
    }
  }
}
