package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.EditionPath;

/** How an edition is changed. */
public enum UpgradeMethod {
  /** {@code DISM /Online /Set-Edition}, servers only. */
  DISM_SET_EDITION,
  /** The key of the target edition through changepk or slmgr. */
  CHANGE_KEY,
  /** Setup from volume media, keeping what is installed. */
  SETUP_IN_PLACE,
  /** By a person at the device. */
  BY_HAND,
  /** Nothing but a new installation. */
  CLEAN_INSTALL;

  /** The method that a row of edition_paths.csv describes. */
  static UpgradeMethod of(EditionPath path) {
    String text = path.method();
    if (text.equals(EditionPath.DISM_SET_EDITION)) {
      return DISM_SET_EDITION;
    }
    if (text.contains("changepk") || text.startsWith("slmgr /ipk")) {
      return CHANGE_KEY;
    }
    if (text.startsWith("setup") || text.contains("setup in-place")) {
      return SETUP_IN_PLACE;
    }
    return text.startsWith("clean install") || text.equals("none") || text.contains("data-only")
        ? CLEAN_INSTALL
        : BY_HAND;
  }
}
