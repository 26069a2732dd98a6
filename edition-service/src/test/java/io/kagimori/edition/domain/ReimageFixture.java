package io.kagimori.edition.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.ReimageDecided;
import io.kagimori.contracts.event.ReimageDecision;
import java.util.List;

/** An organisation with agreements and images of every kind. */
abstract class ReimageFixture {
  static final String W11 = "windows-11";
  static final String SERVER = "windows-server-2022";

  final World world =
      new World()
          .mak("mak-w11", W11, 100)
          .agreement("ea", AgreementProgram.EA, 0)
          .agreement("mpsa", AgreementProgram.MPSA, 0)
          .agreement("eas", AgreementProgram.EAS, 0)
          .agreement("ov-0", AgreementProgram.OPEN_VALUE, 0)
          .agreement("ov-1", AgreementProgram.OPEN_VALUE, 1)
          .agreement("csp", AgreementProgram.CSP, 5_000)
          .agreement("other", AgreementProgram.OTHER, 5_000)
          .image("pro-ja", ImageKind.VOLUME, W11, "Professional", "ja-JP", "mak-w11")
          .image("pro-en", ImageKind.VOLUME, W11, "Professional", "en-US", "mak-w11")
          .image("recovery", ImageKind.OEM, W11, "Professional", "ja-JP", null)
          .image("server-oem", ImageKind.OEM, SERVER, "ServerStandard", "ja-JP", "oem-key");

  DeviceChange pro(String image, String agreement) {
    return world.decide(World.reimage(image, agreement, W11, "Professional", "ja-JP"));
  }

  static void assertDecided(DeviceChange change, ReimageDecision decision, String... reasons) {
    assertThat(change.decision().decision()).isEqualTo(decision);
    assertThat(change.decision().reasons()).containsExactly(reasons);
  }

  static List<String> fired(DeviceChange change, String effect) {
    return change.decision().rules().stream()
        .filter(rule -> rule.effect().equals(effect))
        .map(ReimageDecided.Rule::id)
        .toList();
  }
}
