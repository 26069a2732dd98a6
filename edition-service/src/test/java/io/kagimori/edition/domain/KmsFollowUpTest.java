package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Upgrades that are activated by KMS afterwards. */
class KmsFollowUpTest {
  private final World world = new World().mak("mak-hq", R2, 10);

  @Test
  @DisplayName("A KMS grant completes the upgrade when the agent says nothing more")
  void kms() {
    World.Upgrade asked = upgrade().device("srv-k");
    asked.kms = new ActivationRequested.Kms("kms1", 1688, "cmid-1");
    String other = world.ask(asked).requestId();
    world.observe(other, "ServerEnterprise");
    assertThat(world.said(ActivationRequested.class).get(0).channel()).isEqualTo(Channel.KMS);
    world.activation(world.change(other), Verdict.GRANTED, null, Channel.KMS);
    assertThat(world.change(other).state()).isEqualTo(EditionState.ACTIVATION_REQUESTED);

    world.later(Duration.ofHours(49)).tick();

    assertThat(world.change(other).state()).isEqualTo(EditionState.COMPLETED);
  }
}
