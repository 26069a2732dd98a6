package io.kagimori.contracts.event;

/** Whether an installation came from volume or from OEM media. */
public enum ImageKind {
  VOLUME,
  OEM
}
