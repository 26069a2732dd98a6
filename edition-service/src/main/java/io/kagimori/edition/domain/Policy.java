package io.kagimori.edition.domain;

import java.time.Duration;

/**
 * What an organisation sets for itself.
 *
 * @param preflightRequired whether an upgrade needs a recorded check of backup and requirements
 * @param patience how long silence is normal
 */
public record Policy(boolean preflightRequired, Patience patience) {

  /**
   * How long silence is normal.
   *
   * @param begin from the plan to the first word of the agent
   * @param work while packages are removed and applied; 10 to 15 minutes are usual
   * @param rebootPending until somebody lets the device restart
   * @param restart until a restarting device is taken to be in its first start
   * @param firstStart while the device restarts and finishes
   * @param stalled after that, until the change is given up
   * @param activation for the activation that follows
   * @param reimage from the decision to the image on the device
   */
  public record Patience(
      Duration begin,
      Duration work,
      Duration rebootPending,
      Duration restart,
      Duration firstStart,
      Duration stalled,
      Duration activation,
      Duration reimage) {}

  /** The limits where nothing else is set. */
  public static final Patience PATIENCE =
      new Patience(
          Duration.ofHours(24),
          Duration.ofMinutes(30),
          Duration.ofHours(72),
          Duration.ofMinutes(5),
          Duration.ofMinutes(60),
          Duration.ofHours(24),
          Duration.ofHours(48),
          Duration.ofDays(90));
}
