package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequestedBuilder;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.Warning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PreflightTest {
  private static final String W11 = "windows-11";

  private static World fleet(long seats) {
    return new World()
        .mak("mak-w11", W11, seats)
        .mak("mak-r2", R2, seats)
        .agreement("ea", AgreementProgram.EA, 0)
        .image("pro-ja", ImageKind.VOLUME, W11, "Professional", "ja-JP", "mak-w11");
  }

  private static List<EditionReimageRequested> devices(int count) {
    List<EditionReimageRequested> devices = new ArrayList<>();
    String[] makers = {"Alpha", "Beta", "Gamma", "Delta", "Epsilon"};
    for (int i = 0; i < count; i++) {
      String edition = i % 10 == 9 ? "Core" : "Professional";
      devices.add(
          EditionReimageRequestedBuilder.builder()
              .deviceId("pc-" + i)
              .imageId("pro-ja")
              .agreementId("ea")
              .oem(new EditionReimageRequested.Oem(W11, edition, i % 20 == 8 ? "en-US" : "ja-JP"))
              .maker(makers[i % makers.length])
              .model("Model " + i % 3)
              .build());
    }
    return devices;
  }

  @Test
  @DisplayName("S4-15 one key for the batch: 200 devices, 150 left, 50 missing before it starts")
  void shortfall() {
    World world = fleet(150);
    List<EditionReimageRequested> asked =
        devices(400).stream().filter(d -> d.oem().edition().equals("Professional")).toList();
    asked = asked.stream().filter(d -> d.oem().language().equals("ja-JP")).limit(200).toList();

    Preflight.Report report =
        new Preflight(world.requests).reimages(world.batch, asked, null, world.now);

    assertThat(report.shortfall()).isEqualTo(50);
    assertThat(report.pools())
        .containsExactly(new Preflight.Pool("mak-w11", World.partial("mak-w11"), 150, 0, 200, 50));
    assertThat(report.devices().stream().filter(d -> d.warnings().contains("SHORTFALL")))
        .hasSize(50);
  }

  @Test
  @DisplayName("S4-16 KMS is proposed for 25 devices and more with a host, with its cost")
  void kmsHint() {
    World world = fleet(150);
    Preflight preflight = new Preflight(world.requests);
    assertThat(preflight.reimages(world.batch, devices(8), "kms1", world.now).hints()).isEmpty();
    List<EditionReimageRequested> fit =
        devices(100).stream()
            .filter(d -> d.oem().edition().equals("Professional"))
            .filter(d -> d.oem().language().equals("ja-JP"))
            .toList();
    assertThat(preflight.reimages(world.batch, fit.subList(0, 24), "kms1", world.now).hints())
        .isEmpty();
    assertThat(preflight.reimages(world.batch, fit.subList(0, 25), "kms1", world.now).hints())
        .hasSize(1);
    assertThat(preflight.reimages(world.batch, devices(80), null, world.now).hints()).isEmpty();
    assertThat(preflight.reimages(world.batch, devices(80), "kms1", world.now).hints())
        .singleElement()
        .satisfies(
            hint -> {
              assertThat(hint.reason()).isEqualTo("KMS_PROPOSED");
              assertThat(hint.detail()).containsKeys("cost", "kmsHost", "devices");
            });
  }

  @Test
  @DisplayName("S4-18 mixed makers are decided per device in one report")
  void mixedMakers() {
    World world = fleet(150);
    Preflight.Report report =
        new Preflight(world.requests).reimages(world.batch, devices(100), null, world.now);

    assertThat(report.total()).isEqualTo(100);
    assertThat(report.outcomes())
        .containsEntry("NOT_PERMITTED", 15L)
        .containsEntry("PERMITTED", 85L);
    assertThat(report.reasons())
        .containsEntry("EDITION_DIFFERS", 10L)
        .containsEntry("LANGUAGE_DIFFERS", 5L);
  }

  @Test
  @DisplayName("A preflight says what the real run then does, device by device")
  void sameAsTheRealRun() {
    List<EditionUpgradeRequested> asked = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      World.Upgrade each = upgrade().device("srv-" + i % 250);
      each.to = List.of("ServerEnterprise", "ServerDatacenter", "ServerWeb").get(i % 3);
      each.activationKeyId = i % 5 == 0 ? "mak-r2" : null;
      each.partialKey = i % 7 == 0 ? World.partial("mak-r2") : null;
      each.confirmed = i % 11 != 0;
      asked.add(each.asked());
    }
    World before = fleet(60);
    Preflight.Report report =
        new Preflight(before.requests).upgrades(before.batch, asked, before.now);
    World real = fleet(60);
    for (int i = 0; i < asked.size(); i++) {
      Step step =
          real.requests.upgrade(
              real.batch,
              io.kagimori.contracts.cloudevents.EventIds.request(),
              asked.get(i),
              real.now);
      EditionResult result = (EditionResult) step.said().get(0);
      Preflight.Foreseen foreseen = report.devices().get(i);
      assertThat(foreseen.outcome())
          .isEqualTo(result.verdict() == EditionVerdict.PLANNED ? "PLANNED" : "REFUSED");
      assertThat(foreseen.reasons())
          .isEqualTo(result.reason() == null ? List.of() : List.of(result.reason()));
      assertThat(foreseen.warnings())
          .isEqualTo(
              result.warnings() == null
                  ? List.of()
                  : result.warnings().stream().map(Warning::reason).toList());
    }
  }

  /** Measures, so it is run by hand: a pause of the machine is no fault of the rules. */
  @Tag("bench")
  @Test
  @DisplayName("S4-19 5,000 devices are decided within 3 seconds, and 100,000 in proportion")
  void fast() {
    millis(20_000);
    long small = millis(5_000);
    long middle = millis(20_000);
    long large = millis(100_000);

    System.out.printf(
        "preflight rules: 5,000 in %d ms, 20,000 in %d ms, 100,000 in %d ms%n",
        small, middle, large);
    assertThat(small).isLessThan(3_000);
    // Linear would be five times; a square would be twenty-five.
    assertThat(large).isLessThan(15 * Math.max(middle, 100));
  }

  private static long millis(int count) {
    World world = fleet(count);
    List<EditionReimageRequested> asked = devices(count);
    long from = System.nanoTime();
    Preflight.Report report =
        new Preflight(world.requests).reimages(world.batch, asked, null, world.now);
    assertThat(report.total()).isEqualTo(count);
    return (System.nanoTime() - from) / 1_000_000;
  }
}
