package io.kagimori.contracts.catalogue;

/** How well a fact of the catalogue is founded. */
public enum Confidence {
  /** Read in a document of the vendor or in a seed of this project. */
  HIGH,
  /** A second-hand source, or part of the row is general knowledge. */
  MEDIUM,
  /** A forum, an old article or not verified: configuration rather than a constant. */
  LOW
}
