package io.kagimori.edition.stream;

import io.kagimori.edition.domain.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The organisation's policy as it is configured. */
@ApplicationScoped
public class Policies {
  private final Policy policy;

  Policies(
      @ConfigProperty(name = "kagimori.edition.preflight-required") boolean preflightRequired,
      @ConfigProperty(name = "kagimori.edition.begin-limit") Duration begin,
      @ConfigProperty(name = "kagimori.edition.work-limit") Duration work,
      @ConfigProperty(name = "kagimori.edition.reboot-pending-limit") Duration rebootPending,
      @ConfigProperty(name = "kagimori.edition.restart-limit") Duration restart,
      @ConfigProperty(name = "kagimori.edition.first-start-limit") Duration firstStart,
      @ConfigProperty(name = "kagimori.edition.stalled-limit") Duration stalled,
      @ConfigProperty(name = "kagimori.edition.activation-limit") Duration activation,
      @ConfigProperty(name = "kagimori.edition.reimage-limit") Duration reimage) {
    this.policy =
        new Policy(
            preflightRequired,
            new Policy.Patience(
                begin, work, rebootPending, restart, firstStart, stalled, activation, reimage));
  }

  public Policy policy() {
    return policy;
  }
}
