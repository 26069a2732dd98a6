package io.kagimori.activation.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the end of a license means today. Pure. */
public final class Validity {
  private Validity() {}

  /**
   * The alert on a license that ends: {@link Reasons#EXPIRED} from its end on, {@link
   * Reasons#EXPIRING_30D} within the notice before it.
   *
   * @param expiry the end of the license
   * @param now today
   * @param notice how long before the end the alert is given
   */
  public static Optional<String> alert(Expiry expiry, Instant now, Duration notice) {
    if (expiry.kind() != Expiry.Kind.DATE) {
      return Optional.empty();
    }
    if (!now.isBefore(expiry.at())) {
      return Optional.of(Reasons.EXPIRED);
    }
    return now.isBefore(expiry.at().minus(notice))
        ? Optional.empty()
        : Optional.of(Reasons.EXPIRING_30D);
  }
}
