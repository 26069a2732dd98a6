package io.kagimori.contracts.catalogue;

import java.util.Locale;

/** A language in which the catalogue explains things. */
public enum Language {
  EN,
  JA;

  /** The language of a tag such as {@code ja} or {@code ja-JP}; English for every other. */
  public static Language of(String tag) {
    return tag != null && tag.strip().toLowerCase(Locale.ROOT).startsWith("ja") ? JA : EN;
  }
}
