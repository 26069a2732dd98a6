package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EsuPlanTest {
  private static final EsuPlan PLAN = World.PLAN;

  static Stream<EsuYear> years() {
    return PLAN.years().stream();
  }

  static Stream<EsuYear> sold() {
    return years().filter(y -> y.sale() == EsuYear.Sale.KEY && y.activationId().isPresent());
  }

  @Test
  @DisplayName("S3-10 the six ids of Windows 7 and Server 2008 resolve both ways")
  void sixIds() {
    Map<String, Integer> windows7 =
        Map.of(
            "77db037b-95c3-48d7-a3ab-a9c6d41093e0", 1,
            "0e00c25d-8795-4fb7-9572-3803d91b6880", 2,
            "4220f546-f522-46df-8202-4d07afd26454", 3);
    Map<String, Integer> server =
        Map.of(
            "553673ed-6ddf-419c-a153-b760283472fd", 1,
            "04fa0286-fa74-401e-bbe9-fbfbb158010d", 2,
            "16c08c85-0c8b-4009-9b2b-f1f7319e45f9", 3);
    windows7.forEach(
        (id, year) -> {
          assertThat(PLAN.byActivationId(id))
              .extracting(EsuYear::product)
              .containsExactly("windows-7");
          assertThat(PLAN.find("windows-7", year).orElseThrow().activationId()).contains(id);
        });
    server.forEach(
        (id, year) -> {
          assertThat(PLAN.byActivationId(id.toUpperCase(java.util.Locale.ROOT)))
              .extracting(EsuYear::product)
              .containsExactlyInAnyOrder("windows-server-2008", "windows-server-2008-r2");
          assertThat(PLAN.find("windows-server-2008-r2", year).orElseThrow().activationId())
              .contains(id);
        });
    assertThat(
            new World().refusal(Ask.windows7().id("00000000-0000-0000-0000-000000000000")).reason())
        .isEqualTo("UNKNOWN_PROGRAM");
  }

  @Test
  @DisplayName(
      "S3-22 newer programs are data: years, ids, dates and confidence of each are answered")
  void newerPrograms() {
    assertThat(PLAN.of("windows-10")).extracting(EsuYear::year).containsExactly(1, 2, 3);
    assertThat(PLAN.of("windows-10")).extracting(EsuYear::program).containsOnly("windows-10-esu");
    assertThat(PLAN.of("windows-server-2012-r2")).hasSize(3);
    assertThat(PLAN.of("windows-server-2008-r2"))
        .extracting(EsuYear::year)
        .containsExactly(1, 2, 3, 4);
    assertThat(PLAN.of("windows-server-2016").getFirst().sale()).isEqualTo(EsuYear.Sale.ANNOUNCED);
    assertThat(PLAN.years()).allSatisfy(y -> assertThat(y.confidence()).isNotNull());
    assertThat(PLAN.years()).extracting(EsuYear::system).doesNotContainNull();
    assertThat(PLAN.of("windows-10").getFirst().system()).isEqualTo(PlatformKind.CLIENT);
  }

  @ParameterizedTest
  @MethodSource("years")
  @DisplayName("S3-12 the year follows the date on both sides of every boundary of every program")
  void boundaries(EsuYear year) {
    assertThat(PLAN.on(year.product(), year.start())).contains(year);
    LocalDate before = year.start().minusDays(1);
    assertThat(PLAN.on(year.product(), before).map(EsuYear::year))
        .isEqualTo(
            year.year() == PLAN.of(year.product()).getFirst().year()
                ? java.util.Optional.empty()
                : java.util.Optional.of(year.year() - 1));
    year.end()
        .ifPresent(
            last -> {
              assertThat(PLAN.on(year.product(), last)).contains(year);
              assertThat(PLAN.on(year.product(), last.plusDays(1)))
                  .isEqualTo(PLAN.find(year.product(), year.year() + 1));
            });
  }

  @ParameterizedTest
  @MethodSource("sold")
  @DisplayName(
      "S3-12 an enrolment is possible from the first day of a year to the last that is sold")
  void enrolmentDates(EsuYear year) {
    assertThat(asked(year, year.start().minusDays(1)).refusal(Ask.ready(year)).reason())
        .isEqualTo("COVERAGE_NOT_STARTED");
    assertThat(asked(year, year.start()).enrol(Ask.ready(year)).activation()).isPresent();
    LocalDate lastForKeys =
        PLAN.of(year.product()).stream()
            .filter(y -> y.sale() == EsuYear.Sale.KEY)
            .toList()
            .getLast()
            .end()
            .orElseThrow();
    assertThat(asked(year, lastForKeys).enrol(Ask.ready(year)).activation()).isPresent();
    assertThat(asked(year, lastForKeys.plusDays(1)).refusal(Ask.ready(year)).reason())
        .isEqualTo("COVERAGE_ENDED");
  }

  /** A world in which the years before are held. */
  private static World asked(EsuYear year, LocalDate day) {
    World world = new World().on("2035-01-01");
    for (EsuYear earlier : PLAN.of(year.product())) {
      if (earlier.year() < year.year()) {
        world.enrol(Ask.ready(earlier).activated().date(earlier.start().toString()));
      }
    }
    assertThat(world.saidHow(EsuVerdict.REFUSED)).isZero();
    return world.on(day);
  }

  @ParameterizedTest
  @CsvSource({
    "19045.6456, Enterprise, windows-10, 22H2,",
    "10.0.19044.1, Professional, windows-10, 21H2,",
    "7601, Professional, windows-7,, 1",
    "6.1.7601, ServerStandard, windows-server-2008-r2,, 1",
    "6003, ServerStandard, windows-server-2008,, 2",
    "9600, ServerDatacenter, windows-server-2012-r2,,",
    "26100.1742, Enterprise, windows-11,,",
    "14393, ServerStandard, windows-server-2016,,",
  })
  void buildsNameTheirProduct(
      String build, String edition, String product, String version, Integer servicePack) {
    EsuPlan.Build told = PLAN.build(build, edition).orElseThrow();
    assertThat(told.product()).isEqualTo(product);
    assertThat(told.version()).isEqualTo(version);
    assertThat(told.servicePack()).isEqualTo(servicePack);
  }

  @Test
  void aBuildThatSeveralProductsShareNeedsTheEdition() {
    assertThat(PLAN.build("7601", null)).isEmpty();
    assertThat(PLAN.build("99999", "Enterprise")).isEmpty();
  }

  @Test
  void programsAreFoundByIdAndByName() {
    assertThat(PLAN.program("windows-7-esu")).isNotEmpty();
    assertThat(PLAN.program("Windows 7 ESU")).isEqualTo(PLAN.program("windows-7-esu"));
    assertThat(PLAN.program("windows-95-esu")).isEqualTo(List.of());
  }
}
