package io.kagimori.contracts.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A row of esu_requirements.csv: what a device needs before a year of ESU can be activated, or what
 * includes the updates without a key. The prose beside it stands in esu_programs.csv.
 *
 * @param product slug of the product
 * @param kind what is asked for
 * @param name what people call it
 * @param accepted values of which one is enough
 * @param forUpdate the one update that needs it; absent: enrolment itself does
 * @param confidence how well founded
 * @param source where it was read
 */
public record EsuRequirement(
    String product,
    Kind kind,
    String name,
    List<String> accepted,
    Optional<String> forUpdate,
    Confidence confidence,
    String source) {

  /** What a requirement asks for. */
  public enum Kind {
    /** Feature version. */
    VERSION,
    /** Least build and revision. */
    MIN_BUILD,
    /** Least number of the service pack. */
    SERVICE_PACK,
    /** An installed update. */
    UPDATE,
    /** Not asked for: platforms that include the updates. */
    PLATFORM,
    /** Not asked for: builds by which the product is recognised. */
    OS_BUILD
  }

  public EsuRequirement {
    accepted = List.copyOf(accepted);
  }
}
