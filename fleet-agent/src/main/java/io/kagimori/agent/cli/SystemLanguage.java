package io.kagimori.agent.cli;

import io.kagimori.contracts.catalogue.Language;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The language that people see when they ask for none. */
public final class SystemLanguage {
  private SystemLanguage() {}

  /**
   * What the environment asks for, as programs under Linux read it, else what Java found. Java
   * alone would miss a language whose locale is not installed.
   */
  public static Language get() {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(System::getenv)
        .filter(Objects::nonNull)
        .filter(value -> !value.isBlank())
        .findFirst()
        .filter(value -> Language.of(value) == Language.JA)
        .map(Language::of)
        .orElseGet(() -> Language.of(Locale.getDefault().getLanguage()));
  }
}
