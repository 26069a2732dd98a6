package io.kagimori.agent.simulation;

/** The kinds of device in a simulated fleet, and how many of a thousand are of each. */
enum Kind {
  /** Names the key of its MAK. */
  MAK_NAMED(270),
  /** Names the last five characters of its MAK. */
  MAK_PARTIAL(60),
  /** Leaves the choice of the pool to key-service. */
  MAK_CHOSEN(150),
  /** Wants a seat of a pool that is too small for all. */
  MAK_SCARCE(70),
  /** Client system that asks a KMS host; the first ones come before the threshold. */
  KMS_CLIENT(220),
  /** Client system of a host that all ask at once: some cross the threshold, nobody knows who. */
  KMS_RUSH(50),
  /** Server system that asks a KMS host. */
  KMS_SERVER(60),
  /** Asks a KMS host that is not activated itself. */
  KMS_COLD_HOST(20),
  /** Its clock is five hours ahead. */
  KMS_WRONG_CLOCK(10),
  /** Shares its client machine ID with another clone. */
  KMS_CLONE(20),
  /** Makes one of the mistakes that are refused. */
  MISTAKEN(70);

  private final int perMille;

  Kind(int perMille) {
    this.perMille = perMille;
  }

  /** The kind of the device with this number in a fleet; the shares hold for every prefix. */
  static Kind of(int number) {
    // A step that shares no factor with 1000 spreads the kinds evenly over the numbers.
    int place = (int) ((number * 617L) % 1000);
    for (Kind kind : values()) {
      place -= kind.perMille;
      if (place < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the shares do not add up to 1000");
  }
}
