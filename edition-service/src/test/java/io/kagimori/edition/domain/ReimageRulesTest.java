package io.kagimori.edition.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequested.Oem;
import io.kagimori.contracts.event.EditionReimageRequestedBuilder;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.ImageRegistered;
import io.kagimori.contracts.event.ImageRegistrationRequestedBuilder;
import io.kagimori.contracts.event.RegistrationRefused;
import io.kagimori.contracts.event.ReimageDecided;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.ReimageOverrideRecorded;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of re-imaging, and what follows a decision. */
class ReimageRulesTest extends ReimageFixture {
  @ParameterizedTest
  @DisplayName("S4-02 rights come from the agreement, never from the ISO")
  @CsvSource({"nobody, NO_AGREEMENT", ", NO_AGREEMENT", "other, PROGRAM_NO_REIMAGING"})
  void agreement(String agreement, String reason) {
    assertDecided(pro("pro-ja", agreement), ReimageDecision.NOT_PERMITTED, reason);
  }

  @ParameterizedTest
  @DisplayName("S4-04 EA and MPSA need no order; EAS needs a person to confirm the clause")
  @CsvSource({"ea, PERMITTED", "mpsa, PERMITTED", "eas, CONDITIONAL"})
  void programs(String agreement, ReimageDecision decision) {
    assertThat(pro("pro-ja", agreement).decision().decision()).isEqualTo(decision);
  }

  @Test
  @DisplayName("S4-06 another version needs a recorded right")
  void version() {
    EditionReimageRequested asked =
        World.reimage("pro-ja", "ea", "windows-10", "Professional", "ja-JP");
    assertDecided(world.decide(asked), ReimageDecision.NOT_PERMITTED, "VERSION_DIFFERS");
    EditionReimageRequested with =
        EditionReimageRequestedBuilder.builder()
            .deviceId("pc-1")
            .imageId("pro-ja")
            .agreementId("ea")
            .oem(asked.oem())
            .versionRight("DOC-3")
            .build();
    assertDecided(world.decide(with), ReimageDecision.CONDITIONAL, "VERSION_RIGHT_RECORDED");
    assertDecided(
        world.decide(World.reimage("pro-ja", "ea", SERVER, "Professional", "ja-JP")),
        ReimageDecision.NOT_PERMITTED,
        "PRODUCT_DIFFERS");
  }

  @Test
  @DisplayName("S4-09 after a valid re-image the OEM license still governs")
  void entitlement() {
    pro("pro-ja", "ea");

    ReimageDecided said = world.said(ReimageDecided.class).get(0);
    assertThat(said.entitlement()).isEqualTo(new Oem(W11, "Professional", "ja-JP"));
  }

  @Test
  @DisplayName("S4-11 same maker, same model, unmodified: conditional, for recovery only")
  void recovery() {
    EditionReimageRequested asked =
        EditionReimageRequestedBuilder.builder()
            .deviceId("pc-1")
            .imageId("recovery")
            .oem(new Oem(W11, "Professional", "ja-JP"))
            .maker("example")
            .model("book 7")
            .build();

    assertDecided(world.decide(asked), ReimageDecision.CONDITIONAL, "RECOVERY_ONLY");
  }

  @Test
  @DisplayName("S4-17 vendor-support risk: any maker a notice, Surface a strong one")
  void support() {
    assertThat(pro("pro-ja", "ea").decision().warnings())
        .contains(new Warning("SUPPORT_RISK", java.util.Map.of("level", "NORMAL")));
    EditionReimageRequested surface =
        EditionReimageRequestedBuilder.builder()
            .deviceId("pc-2")
            .imageId("pro-ja")
            .agreementId("ea")
            .oem(new Oem(W11, "Professional", "ja-JP"))
            .maker("Microsoft")
            .model("Surface Pro 9")
            .build();
    assertThat(world.decide(surface).decision().warnings())
        .contains(new Warning("SUPPORT_RISK", java.util.Map.of("level", "STRONG")));
  }

  @Test
  @DisplayName("S4-20 explainable: agreement, rule versions and sources stay with the decision")
  void citable() {
    DeviceChange change = pro("pro-ja", "ea");
    RuleBook book = new RuleBook(Catalogue.get().reimagingRules());

    assertThat(change.decision().rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.source()).isNotBlank();
              assertThat(book.version(rule.id())).contains(rule.version());
            });
    assertThat(world.said(ReimageDecided.class).get(0).agreementId()).isEqualTo("ea");
  }

  @Test
  @DisplayName(
      "S4-21 image catalogue: an unknown source is a warning, an unknown product is refused")
  void catalogue() {
    ImageRegistered registered = (ImageRegistered) register(W11, "USB");
    assertThat(registered.warnings()).extracting(Warning::reason).containsExactly("SOURCE_UNKNOWN");
    assertThat(((ImageRegistered) register(W11, "VLSC")).version()).isEqualTo(2);
    assertThat(((ImageRegistered) register(W11, "VLSC")).warnings()).isNull();
    assertThat(((RegistrationRefused) register("windows-95", "VLSC")).reason())
        .isEqualTo("UNKNOWN_PRODUCT");
  }

  private Event register(String product, String source) {
    return world.requests.register(
        world.batch,
        EventIds.request(),
        ImageRegistrationRequestedBuilder.builder()
            .imageId("new")
            .product(product)
            .edition("Professional")
            .language("ja-JP")
            .version("24H2")
            .kind(ImageKind.VOLUME)
            .source(source)
            .build(),
        world.now);
  }

  @Test
  @DisplayName("S4-22 a re-image is told to all and followed by an activation of its own")
  void resets() {
    DeviceChange change = pro("pro-ja", "ea");
    List<Event> said =
        world.report(World.stage(change, EditionStage.REIMAGED, true, null, null, null));

    assertThat(said).first().isInstanceOf(DeviceReported.class);
    assertThat(((DeviceReported) said.get(0)).source()).isEqualTo("REIMAGE");
    ActivationRequested follow = world.said(ActivationRequested.class).get(0);
    assertThat(follow.keyId()).isEqualTo("mak-w11");
    assertThat(follow.imageKind()).isEqualTo(ImageKind.VOLUME);
    world.activation(
        world.change(change.id().toString()),
        Verdict.CONFIRMED,
        null,
        io.kagimori.contracts.event.Channel.MAK);
    assertThat(world.change(change.id().toString()).state()).isEqualTo(EditionState.COMPLETED);
  }

  @Test
  @DisplayName("S4-22 a re-image ends an upgrade that was under way on the device")
  void supersedes() {
    World.Upgrade asked = World.upgrade().device("pc-1").product(W11, "Professional", "Education");
    String upgrade = world.ask(asked).requestId();
    DeviceChange change = pro("pro-ja", "ea");
    world.report(World.stage(change, EditionStage.REIMAGED, true, null, null, null));

    assertThat(world.change(upgrade).status().reason()).isEqualTo("SUPERSEDED_BY_REIMAGE");
    assertThat(world.batch.device("pc-1").openChange()).isEqualTo(change.id());
  }

  @Test
  @DisplayName("S4-23 the same installation needs no seat of its own")
  void savedSeat() {
    World small =
        new World()
            .mak("mak-w11", W11, 0)
            .agreement("ea", AgreementProgram.EA, 0)
            .image("pro-ja", ImageKind.VOLUME, W11, "Professional", "ja-JP", "mak-w11");
    small.batch.put(small.batch.device("pc-1").activated("mak-w11", "iid-1"));
    EditionReimageRequested asked =
        EditionReimageRequestedBuilder.builder()
            .deviceId("pc-1")
            .imageId("pro-ja")
            .agreementId("ea")
            .oem(new Oem(W11, "Professional", "ja-JP"))
            .installationId("iid-1")
            .build();
    assertThat(small.decide(asked).plan().activation().poolKeyId()).isNull();
    assertThat(small.decide(asked).plan().warnings()).isEmpty();
    EditionReimageRequested changed =
        EditionReimageRequestedBuilder.builder()
            .deviceId("pc-1")
            .imageId("pro-ja")
            .agreementId("ea")
            .oem(new Oem(W11, "Professional", "ja-JP"))
            .installationId("iid-2")
            .build();
    assertThat(small.decide(changed).plan().warnings())
        .extracting(Warning::reason)
        .containsExactly("SHORTFALL");
  }

  @Test
  @DisplayName("S4-24 an override needs a document and a second approver, and expires")
  void override() {
    assertThat(refusal(null, "a", "b", 1)).isEqualTo("OVERRIDE_NEEDS_DOCUMENT");
    assertThat(refusal("DOC", "a", null, 1)).isEqualTo("SECOND_APPROVER_REQUIRED");
    assertThat(refusal("DOC", "sato", " Sato ", 1)).isEqualTo("SECOND_APPROVER_REQUIRED");
    assertThat(refusal("DOC", "a", "b", -1)).isEqualTo("OVERRIDE_EXPIRED");

    assertThat(record("DOC", "a", "b", 1)).isInstanceOf(ReimageOverrideRecorded.class);
    DeviceChange lifted = pro("pro-ja", "csp");
    assertDecided(lifted, ReimageDecision.CONDITIONAL, "CSP_NO_REIMAGING", "OVERRIDE_RECORDED");
    assertThat(lifted.decision().overrideId()).isEqualTo("ovr");

    world.later(Duration.ofDays(2));
    assertDecided(pro("pro-ja", "csp"), ReimageDecision.NOT_PERMITTED, "CSP_NO_REIMAGING");
    assertThat(lifted.decision().decision()).isEqualTo(ReimageDecision.CONDITIONAL);
  }

  @Test
  @DisplayName("S4-24 one person in two spellings is no second approver")
  void samePerson() {
    assertThat(refusal("DOC", "sato", "ＳＡＴＯ", 1)).isEqualTo("SECOND_APPROVER_REQUIRED");
    assertThat(refusal("DOC", "佐藤 太郎", "佐藤　太郎", 1)).isEqualTo("SECOND_APPROVER_REQUIRED");
    assertThat(record("DOC", "佐藤 太郎", "佐藤 次郎", 1)).isInstanceOf(ReimageOverrideRecorded.class);
  }

  @Test
  @DisplayName("S4-24 an override lifts no refusal of an image that nobody knows")
  void overrideWithoutImage() {
    record("DOC", "a", "b", 1);
    DeviceChange change = pro("nowhere", "ea");

    assertDecided(change, ReimageDecision.NOT_PERMITTED, "IMAGE_UNKNOWN");
    assertThat(change.state()).isEqualTo(EditionState.REFUSED);
  }

  @Test
  @DisplayName("S4-24 an override for an image covers every device, one for a device no other")
  void overrideScope() {
    record("DOC", "a", "b", 1);
    EditionReimageRequested other =
        World.reimage("pc-2", "pro-ja", "csp", W11, "Professional", "ja-JP", null);
    assertDecided(world.decide(other), ReimageDecision.NOT_PERMITTED, "CSP_NO_REIMAGING");
    Instant until = world.now.plus(Duration.ofDays(1));
    world.requests.override(
        world.batch,
        EventIds.request(),
        new ReimageOverrideRequested("img", " ", "pro-ja", "DOC", "a", "b", until, null),
        world.now);
    assertThat(world.decide(other).decision().overrideId()).isEqualTo("img");
  }

  private String refusal(String document, String asker, String approver, int days) {
    return ((RegistrationRefused) record(document, asker, approver, days)).reason();
  }

  private Event record(String document, String asker, String approver, int days) {
    Instant until = world.now.plus(Duration.ofDays(days));
    return world.requests.override(
        world.batch,
        EventIds.request(),
        new ReimageOverrideRequested("ovr", "pc-1", null, document, asker, approver, until, null),
        world.now);
  }

  @Test
  @DisplayName("A device of another organisation or without a license is not covered")
  void scope() {
    EditionReimageRequested foreign =
        EditionReimageRequestedBuilder.builder()
            .deviceId("pc-1")
            .imageId("pro-ja")
            .agreementId("ea")
            .managed(false)
            .build();
    assertDecided(
        world.decide(foreign),
        ReimageDecision.NOT_PERMITTED,
        "OTHER_ORGANIZATION",
        "LICENSE_MISSING");
  }

  @Test
  @DisplayName("A permitted re-image that nobody carries out ends by silence")
  void notCarriedOut() {
    DeviceChange change = pro("pro-ja", "ea");
    world.later(Duration.ofDays(91)).tick();
    assertThat(world.change(change.id().toString()).status().reason()).isEqualTo("NOT_CARRIED_OUT");
  }

  @Test
  @DisplayName("Reports without a stage of the re-image leave it alone")
  void otherStages() {
    DeviceChange change = pro("pro-ja", "ea");
    assertThat(
            world.report(
                EditionStageReportedBuilder.builder()
                    .deviceId("pc-1")
                    .requestId(change.id().toString())
                    .stage(EditionStage.REBOOTING)
                    .succeeded(true)
                    .build()))
        .isEmpty();
    assertThat(world.change(change.id().toString()).state()).isEqualTo(EditionState.PLANNED);
  }
}
