package io.kagimori.edition.domain;

/** What is done to a device. */
public enum ChangeKind {
  UPGRADE,
  REIMAGE
}
