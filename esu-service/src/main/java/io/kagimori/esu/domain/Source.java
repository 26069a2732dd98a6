package io.kagimori.esu.domain;

/** Who says whether a device has a year. */
public enum Source {
  /** An activation that went through our own services. */
  ACTIVATION(true),
  /** An operator who says that it was done by another route. */
  OPERATOR(true),
  /** The device itself: license status of the add-on. */
  REPORT(true),
  /** Configuration Manager's discovery property ESUValue. */
  ESU_VALUE(false),
  /** Configuration Manager's hardware inventory of license products. */
  LICENSE_PRODUCT(false);

  private final boolean direct;

  Source(boolean direct) {
    this.direct = direct;
  }

  /**
   * Whether it is about the device at first hand; what is not counts only where nothing else is.
   */
  boolean isDirect() {
    return direct;
  }
}
