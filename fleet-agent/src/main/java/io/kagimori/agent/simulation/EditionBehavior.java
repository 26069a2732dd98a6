package io.kagimori.agent.simulation;

import io.kagimori.contracts.event.EditionState;

/**
 * What a device of the edition fleet does, and how its change must end. The ends are written down
 * here by hand and share no code with the service.
 */
enum EditionBehavior {
  /** Runs all stages and activates. */
  SMOOTH(30, EditionState.COMPLETED, null),
  /** Reports its stages in any order and some of them twice. */
  SHUFFLED(15, EditionState.COMPLETED, null),
  /** Its command reports a failure, and yet the edition has changed. */
  LATE_SUCCESS(5, EditionState.COMPLETED, null),
  /** Asks with a MAK for the change itself. */
  MAK_CARRIED(5, EditionState.REFUSED, "BLOCKED_KEY_TYPE"),
  /** Wants an edition that its DISM does not offer. */
  IMPOSSIBLE(5, EditionState.REFUSED, "TARGET_NOT_OFFERED"),
  /** Wants a lower edition. */
  DOWNGRADE(5, EditionState.REFUSED, "DOWNGRADE_NOT_POSSIBLE"),
  /** Its component store is damaged. */
  COMMAND_FAILS(5, EditionState.FAILED, "IMAGE_DAMAGED"),
  /** Comes back with the edition it had. */
  OTHER_EDITION(5, EditionState.FAILED, "VERIFY_FAILED"),
  /** Installs the key and is never heard of again. */
  STALLS(5, EditionState.FAILED, "STALLED"),
  /** Changes well and fails to activate. */
  ACTIVATION_FAILS(5, EditionState.NEEDS_ACTIVATION, null),
  /** Is re-imaged rightly and activates. */
  REIMAGED(10, EditionState.COMPLETED, null),
  /** Its license is for another edition than the image. */
  REIMAGE_REFUSED(5, EditionState.REFUSED, "EDITION_DIFFERS");

  private final int percent;
  private final EditionState end;
  private final String reason;

  EditionBehavior(int percent, EditionState end, String reason) {
    this.percent = percent;
    this.end = end;
    this.reason = reason;
  }

  /** The end that must come. */
  EditionState end() {
    return end;
  }

  /** The reason that must be given; null where any will do. */
  String reason() {
    return reason;
  }

  boolean isReimage() {
    return this == REIMAGED || this == REIMAGE_REFUSED;
  }

  /** The behavior of the device with this number; the shares hold for every hundred. */
  static EditionBehavior of(int number) {
    // A step that shares no factor with 100 spreads the behaviors evenly over the numbers.
    int place = (int) ((number * 37L) % 100);
    for (EditionBehavior behavior : values()) {
      place -= behavior.percent;
      if (place < 0) {
        return behavior;
      }
    }
    throw new IllegalStateException("the shares do not add up to 100");
  }
}
