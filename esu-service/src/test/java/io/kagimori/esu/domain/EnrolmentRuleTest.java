package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRoute;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentRuleTest {
  private final World world = new World();

  @Test
  @DisplayName(
      "S3-07 a seat of an ESU pool is asked for: MAK channel, activation id, initiator ESU")
  void asksForASeat() {
    Conclusion asked = world.on("2025-11-01").enrol(Ask.windows10());

    ActivationRequested activation = asked.activation().orElseThrow();
    assertThat(activation.channel()).isEqualTo(Channel.MAK);
    assertThat(activation.activationId()).isEqualTo(World.WIN10_Y1);
    assertThat(activation.initiator()).isEqualTo(Initiator.ESU);
    assertThat(activation.keyId()).isNull();
    assertThat(asked.results()).isEmpty();
    assertThat(asked.enrolments().getFirst().state()).isEqualTo(EnrolmentState.REQUESTED);
  }

  @Test
  @DisplayName("S3-09 /ipk and then /ato with the id: accepted, entitled, covered")
  void fromRequestToCoverage() {
    world.on("2025-11-01");
    Conclusion asked = world.enrol(Ask.windows10());
    EsuResult accepted = world.result(asked, Verdict.GRANTED, null).results().getFirst();
    assertThat(accepted.verdict()).isEqualTo(EsuVerdict.ACCEPTED);
    assertThat(accepted.steps()).isNotEmpty();
    assertThat(world.coverage().state()).isEqualTo(CoverageState.ELIGIBLE);

    EsuResult entitled = world.result(asked, Verdict.CONFIRMED, null).results().getFirst();
    assertThat(entitled.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(entitled.requestId()).isEqualTo(accepted.requestId());
    assertThat(entitled.coverageEnd()).isEqualTo("2026-10-13");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
  }

  @Test
  @DisplayName("S3-09 done without naming the activation id is INCOMPLETE_ESU")
  void doneWithoutId() {
    assertThat(world.refusal(Ask.windows10().activated()).reason()).isEqualTo("INCOMPLETE_ESU");
  }

  @ParameterizedTest
  @EnumSource(
      value = EsuRoute.class,
      names = {"ONLINE", "TELEPHONE", "VAMT", "CONFIGMGR"})
  @DisplayName("S3-08 every route counts as coverage and is named as the method")
  void routes(EsuRoute route) {
    EsuResult entitled =
        world.on("2020-09-15").refusal(Ask.windows7().id(World.WIN7_Y1).route(route).activated());

    assertThat(entitled.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(entitled.route()).isEqualTo(route);
    assertThat(entitled.evidence()).containsEntry("method", route.name());
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = EsuRoute.class,
      names = {"ONLINE", "TELEPHONE", "VAMT", "CONFIGMGR"})
  @DisplayName("S3-08 a year that takes a seat names its route as the method as well")
  void routesWithSeat(EsuRoute route) {
    world.on("2025-11-01").covered(Ask.windows10().route(route));
    EsuResult entitled = world.said.getLast();
    assertThat(entitled.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(entitled.route()).isEqualTo(route);
    assertThat(entitled.evidence()).containsEntry("method", route.name());
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
  }

  @Test
  @DisplayName("S3-26 the telephone: installation id and confirmation id are asked for with the id")
  void telephone() {
    Conclusion asked =
        world.on("2020-09-15").enrol(Ask.windows7().id(World.WIN7_Y1).route(EsuRoute.TELEPHONE));

    assertThat(asked.activation().orElseThrow().route()).isEqualTo(ActivationRoute.TELEPHONE);
    assertThat(asked.activation().orElseThrow().activationId()).isEqualTo(World.WIN7_Y1);
  }

  @Test
  @DisplayName("S3-11 a server id on a client is PROGRAM_MISMATCH")
  void swapped() {
    EsuResult refused = world.on("2020-09-15").refusal(Ask.windows7().id(World.SERVER_2008_Y1));
    assertThat(refused.reason()).isEqualTo("PROGRAM_MISMATCH");
    assertThat(refused.evidence()).containsEntry("product", "windows-7");
  }

  @Test
  @DisplayName("S3-01 Windows 10 in the Windows 7 program is NOT_APPLICABLE, and so is Windows 11")
  void notApplicable() {
    world.on("2020-09-15");
    assertThat(world.refusal(Ask.windows10().id(World.WIN7_Y1)).reason())
        .isEqualTo("NOT_APPLICABLE");
    assertThat(world.refusal(Ask.windows10().program("windows-7-esu")).reason())
        .isEqualTo("NOT_APPLICABLE");
    assertThat(world.refusal(Ask.windows10().product("windows-11")).reason())
        .isEqualTo("NOT_APPLICABLE");
  }

  @Test
  @DisplayName("S3-12 dated September 2020 it is year 1")
  void yearOfTheDate() {
    EsuResult entitled =
        world.on("2026-11-21").refusal(Ask.windows7().date("2020-09-15").activated());
    assertThat(entitled.year()).isEqualTo(1);
    assertThat(entitled.activationId()).isEqualTo(World.WIN7_Y1);
    assertThat(world.stateOn("2020-12-01")).isEqualTo(CoverageState.COVERED);
    assertThat(world.stateOn("2020-09-14")).isEqualTo(CoverageState.ELIGIBLE);
    assertThat(world.stateOn("2021-01-12")).isEqualTo(CoverageState.COVERED);
    assertThat(world.stateOn("2021-01-13")).isEqualTo(CoverageState.LAPSED);
  }

  @Test
  @DisplayName("S3-12 what is said to be done on a day to come counts from today")
  void doneInTheFuture() {
    EsuResult entitled =
        world.on("2026-11-21").refusal(Ask.windows10().year(2).date("2027-06-01").activated());
    assertThat(entitled.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
    assertThat(world.on("2026-11-22").report(World.WIN10_Y2, 0, null).results())
        .extracting(EsuResult::verdict)
        .containsExactly(EsuVerdict.LAPSED);
  }

  @Test
  @DisplayName("S3-23 22H2, build 19045.6456, no LTSC, preparation package: READY")
  void windows10Ready() {
    assertThat(world.on("2025-11-01").enrol(Ask.windows10()).activation()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "21H2, 19045.6456, Enterprise, KB5072653, VERSION_NOT_ELIGIBLE",
    "22H2, 19045.6455, Enterprise, KB5072653, BUILD_TOO_OLD",
    "22H2, 10.0.19045.5000, Enterprise, KB5072653, BUILD_TOO_OLD",
    "22H2, 19045.6456, EnterpriseS, KB5072653, EDITION_NOT_ELIGIBLE",
    "22H2, 19045.6456, Enterprise, KB5066791, PREREQ_MISSING",
  })
  @DisplayName("S3-23 otherwise one reason each")
  void windows10Lacks(String version, String build, String edition, String kb, String reason) {
    EsuResult refused =
        world
            .on("2025-11-01")
            .refusal(Ask.windows10().version(version).build(build).edition(edition).updates(kb));
    assertThat(refused.verdict()).isEqualTo(EsuVerdict.REFUSED);
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.evidence()).doesNotContainKey("further");
  }

  @Test
  @DisplayName("The order of reasons is fixed, and what else is missing is told behind the first")
  void order() {
    world.on("2026-11-01");
    Ask all =
        Ask.windows10().year(3).edition("EnterpriseS").version("21H2").build("19044.1").updates();

    EsuResult refused = world.refusal(all);
    assertThat(refused.reason()).isEqualTo("EDITION_NOT_ELIGIBLE");
    assertThat(refused.evidence().get("further"))
        .isEqualTo(
            List.of(
                "VERSION_NOT_ELIGIBLE",
                "BUILD_TOO_OLD",
                "PREREQ_MISSING",
                "EARLIER_YEAR_MISSING",
                "COVERAGE_NOT_STARTED"));
    assertThat(world.refusal(all.edition("Enterprise")).reason()).isEqualTo("VERSION_NOT_ELIGIBLE");
    assertThat(world.refusal(all.version("22H2")).reason()).isEqualTo("BUILD_TOO_OLD");
    EsuResult prerequisite = world.refusal(all.build("19045.6456"));
    assertThat(prerequisite.reason()).isEqualTo("PREREQ_MISSING");
    assertThat(prerequisite.evidence().get("kb")).asString().contains("KB5072653");
    assertThat(world.refusal(all.updates("KB5072653")).reason()).isEqualTo("EARLIER_YEAR_MISSING");
    assertThat(world.refusal(all.year(1).activated().date("2025-11-01")).verdict())
        .isEqualTo(EsuVerdict.ENTITLED);
  }

  @Test
  @DisplayName("Service pack and updates of Windows 7 are one reason each, naming the KB")
  void windows7Lacks() {
    world.on("2020-09-15");
    assertThat(world.refusal(Ask.windows7().build("7600").servicePack(0)).reason())
        .isEqualTo("SERVICE_PACK_MISSING");
    for (String kb : List.of("KB4474419", "KB4538483")) {
      List<String> others =
          Ask.windows7().updates.stream().filter(other -> !other.equals(kb)).toList();
      EsuResult refused = world.refusal(Ask.windows7().updates(others.toArray(new String[0])));
      assertThat(refused.reason()).isEqualTo("PREREQ_MISSING");
      assertThat(refused.evidence().get("kb")).asString().contains(kb);
      assertThat(refused.steps()).anySatisfy(step -> assertThat(step).contains(kb));
    }
  }

  @Test
  @DisplayName("What nobody told of the system is no refusal, but the answer warns of it")
  void unverified() {
    Ask bare = Ask.windows10().updatesUnknown().version(null).build("19045");
    Conclusion asked = world.on("2025-11-01").enrol(bare);
    EsuResult accepted = world.result(asked, Verdict.GRANTED, null).results().getFirst();
    assertThat(accepted.warnings())
        .containsExactly(
            new Warning(
                "PREREQ_UNVERIFIED",
                Map.of("kb", List.of("KB5072653", "KB5126256"), "build", List.of("19045.6456"))));
    World other = new World().on("2025-11-01");
    Conclusion told = other.enrol(Ask.windows10().version("22h2").build("10.0.19045.6456"));
    assertThat(other.result(told, Verdict.GRANTED, null).results().getFirst().warnings()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"banana", "19045", "10.0.19045", ""})
  @DisplayName("S3-23 a build without its revision is not READY without a warning")
  void buildWithoutRevision(String build) {
    Conclusion asked = world.on("2025-11-01").enrol(Ask.windows10().build(build));
    EsuResult accepted = world.result(asked, Verdict.GRANTED, null).results().getFirst();
    assertThat(accepted.warnings().getFirst().detail()).containsOnlyKeys("build");
  }

  @Test
  @DisplayName("S3-27 the same device, program and year twice is one coverage record")
  void repeats() {
    world.on("2025-11-01").covered(Ask.windows10());

    assertThat(world.refusal(Ask.windows10()).reason()).isEqualTo("ALREADY_ENTITLED");
    assertThat(world.refusal(Ask.windows10().activated().id(World.WIN10_Y1)).reason())
        .isEqualTo("ALREADY_ENTITLED");
    world.report(World.WIN10_Y1, 1, "AAAAA");
    assertThat(world.device.years()).hasSize(1);
    assertThat(world.saidHow(EsuVerdict.ENTITLED)).isEqualTo(1);
  }

  @Test
  @DisplayName("S3-27 a second request while the first waits asks for no second seat")
  void repeatsWhileOpen() {
    Conclusion first = world.on("2025-11-01").enrol(Ask.windows10());
    Conclusion second = world.enrol(Ask.windows10());

    assertThat(second.activation()).isEmpty();
    assertThat(second.results().getFirst().reason()).isEqualTo("ALREADY_REQUESTED");
    assertThat(second.results().getFirst().evidence())
        .containsEntry("requestId", first.enrolments().getFirst().requestId());
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"REFUSED", "FAILED", "EXPIRED"})
  @DisplayName(
      "An activation that comes to nothing is a refusal with its reason, and may be repeated")
  void activationFails(Verdict verdict) {
    Conclusion asked = world.on("2025-11-01").enrol(Ask.windows10());
    EsuResult refused = world.result(asked, verdict, "MAK_EXHAUSTED").results().getFirst();

    assertThat(refused.verdict()).isEqualTo(EsuVerdict.REFUSED);
    assertThat(refused.reason()).isEqualTo("MAK_EXHAUSTED");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.ELIGIBLE);
    assertThat(world.enrol(Ask.windows10()).activation()).isPresent();
  }

  @Test
  @DisplayName("A success told after the lease had run out still entitles, once")
  void lateSuccess() {
    Conclusion asked = world.on("2025-11-01").enrol(Ask.windows10());
    world.result(asked, Verdict.GRANTED, null);
    world.result(asked, Verdict.EXPIRED, "LEASE_EXPIRED");
    EsuResult late = world.result(asked, Verdict.CONFIRMED, null).results().getFirst();

    assertThat(late.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(late.requestId()).isEqualTo(asked.enrolments().getFirst().requestId());
    assertThat(world.result(asked, Verdict.CONFIRMED, null).results()).isEmpty();
  }

  @Test
  @DisplayName("Who comes late catches up on the years before, with a warning")
  void catchUp() {
    world.on("2026-11-21");
    assertThat(world.refusal(Ask.windows10().year(2)).reason()).isEqualTo("EARLIER_YEAR_MISSING");

    Conclusion asked = world.enrol(Ask.windows10().year(1));
    EsuResult accepted = world.result(asked, Verdict.GRANTED, null).results().getFirst();
    assertThat(accepted.warnings()).extracting(Warning::reason).containsExactly("CATCH_UP_YEAR");
    world.result(asked, Verdict.CONFIRMED, null);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.ELIGIBLE);
    assertThat(world.tick().results()).isEmpty();

    world.covered(Ask.windows10().year(2));
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "windows-embedded-standard-7-sp1, OEM_ONLY, 2021-01-01",
    "windows-server-2016, NOT_ON_SALE, 2027-02-01"
  })
  @DisplayName("What is not sold as a key is refused with its channel")
  void notSold(String product, String reason, String day) {
    EsuResult refused =
        world.on(day).refusal(Ask.windows10().product(product).edition("ServerStandard"));
    assertThat(refused.reason()).isEqualTo(reason);
  }

  @Test
  @DisplayName("A year that only the platform has is refused as PLATFORM_ONLY without it")
  void platformOnly() {
    EsuYear four = World.PLAN.find("windows-server-2008-r2", 4).orElseThrow();
    world.on(four.start());
    assertThat(world.refusal(Ask.ready(four)).reason()).isEqualTo("PLATFORM_ONLY");
    assertThat(world.refusal(Ask.ready(four).platform("Azure VM")).verdict())
        .isEqualTo(EsuVerdict.ENTITLED);
  }

  @Test
  @DisplayName("Low-confidence data is marked as such in answers")
  void lowConfidence() {
    EsuYear year =
        World.PLAN.years().stream()
            .filter(y -> y.product().contains("2012-and-2012-r2"))
            .findFirst()
            .orElseThrow();
    EsuResult entitled = world.on(year.start()).refusal(Ask.ready(year).activated());
    assertThat(entitled.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(entitled.warnings()).extracting(Warning::reason).contains("LOW_CONFIDENCE");
  }

  @ParameterizedTest
  @CsvSource({"NO_KEY, true", "MAK_EXHAUSTED, true", "KEY_BLOCKED, false"})
  @DisplayName(
      "S3-21 where no key has a seat, the refusal says when a key ordered today can be seen")
  void procurement(String reason, boolean pending) {
    World world = new World().on("2026-11-20");
    Conclusion asked = world.enrol(Ask.windows10().year(1));
    EsuResult refused = world.result(asked, Verdict.REFUSED, reason).results().getFirst();
    assertThat(refused.reason()).isEqualTo(reason);
    List<Warning> told = refused.warnings() == null ? List.of() : refused.warnings();
    List<Warning> procurement =
        told.stream().filter(w -> w.reason().equals("PROCUREMENT_PENDING")).toList();
    assertThat(procurement).hasSize(pending ? 1 : 0);
    procurement.forEach(
        w ->
            assertThat(w.detail())
                .containsEntry("earliest", LocalDate.parse("2026-11-25"))
                .containsEntry("latest", LocalDate.parse("2026-11-27")));
  }

  @Test
  @DisplayName("S3-27 done by another route while a seat is asked for: one year, both are answered")
  void doneMeanwhile() {
    World world = new World().on("2025-12-01");
    String waiting = world.enrol(Ask.windows10()).enrolments().getFirst().requestId();
    Conclusion done = world.enrol(Ask.windows10().id(World.WIN10_Y1).activated());
    assertThat(done.results())
        .extracting(EsuResult::verdict)
        .containsExactly(EsuVerdict.ENTITLED, EsuVerdict.ENTITLED);
    assertThat(done.results().getFirst().requestId()).isEqualTo(waiting);
    assertThat(done.results().get(1).requestId())
        .isEqualTo(done.enrolments().getLast().requestId())
        .isNotEqualTo(waiting);
    assertThat(done.enrolments()).hasSize(2).allMatch(e -> e.state() == EnrolmentState.ENTITLED);
    assertThat(world.device.years()).hasSize(1);
  }

  @Test
  @DisplayName(
      "S3-24 covered by the platform while a seat is asked for: the seat's answer still comes")
  void platformMeanwhile() {
    World world = new World().on("2025-12-01");
    Conclusion asked = world.enrol(Ask.windows10());
    world.enrol(Ask.windows10().platform("AZURE_VM"));
    EsuResult accepted = world.result(asked, Verdict.GRANTED, null).results().getFirst();
    assertThat(accepted.verdict()).isEqualTo(EsuVerdict.ACCEPTED);
    assertThat(world.result(asked, Verdict.CONFIRMED, null).results())
        .extracting(EsuResult::verdict)
        .containsExactly(EsuVerdict.ENTITLED);
  }
}
