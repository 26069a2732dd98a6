package io.kagimori.key.domain;

/**
 * Whether a pool carries a roll-out that is to begin: seats needed against seats free.
 *
 * @param keyId the key
 * @param needed activations the roll-out needs
 * @param available seats free
 * @param shortfall seats missing; 0 when the pool suffices
 * @param sufficient whether it suffices
 */
public record RolloutPlan(
    String keyId, long needed, long available, long shortfall, boolean sufficient) {

  /** The plan for a number of activations. */
  public static RolloutPlan of(String keyId, long needed, long available) {
    long shortfall = Math.max(0, needed - available);
    return new RolloutPlan(keyId, needed, available, shortfall, shortfall == 0);
  }
}
