package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.Confidence;
import io.kagimori.contracts.catalogue.EsuProgramYear;
import io.kagimori.contracts.catalogue.PlatformKind;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A year of an ESU program for one product.
 *
 * @param program id of the program, such as {@code windows-10-esu}
 * @param programName its name
 * @param product slug of the product
 * @param system whether the product is a client or a server system
 * @param year which year
 * @param sale how it is obtained
 * @param start first day of coverage
 * @param end last day of coverage; absent where it was not published
 * @param row the row it was read from, with editions, prose and source
 */
public record EsuYear(
    String program,
    String programName,
    String product,
    PlatformKind system,
    int year,
    Sale sale,
    LocalDate start,
    Optional<LocalDate> end,
    EsuProgramYear row) {

  /** Ending of the EditionID of a Server Core installation, which counts as its full edition. */
  private static final String CORE = "Cor";

  /** EditionID of what esu_programs.csv calls by its other name. */
  private static final String MULTI_SESSION = "ServerRdsh";

  /** How a year is obtained. */
  public enum Sale {
    /** As a MAK, which takes a seat on each device. */
    KEY,
    /** Through the maker of the device only. */
    OEM,
    /** With the platform only; no key exists. */
    PLATFORM,
    /** Announced, not on sale when the data was written. */
    ANNOUNCED
  }

  /** SKU id of the add-on license; absent where none was found. */
  public Optional<String> activationId() {
    return row.activationId();
  }

  public Confidence confidence() {
    return row.confidence();
  }

  /** Whether a day lies in the year, both ends included. */
  public boolean covers(LocalDate day) {
    return !day.isBefore(start) && end.map(last -> !day.isAfter(last)).orElse(true);
  }

  /** Whether a day lies behind the year. */
  public boolean isOver(LocalDate day) {
    return end.map(day::isAfter).orElse(false);
  }

  /** Whether an edition may have it, compared without case; Server Core counts as its edition. */
  public boolean eligible(String edition) {
    if (row.eligibleEditions().isEmpty() || edition == null) {
      return row.eligibleEditions().isEmpty();
    }
    boolean core = edition.regionMatches(true, edition.length() - CORE.length(), CORE, 0, 3);
    return row.eligible(edition)
        || (core && row.eligible(edition.substring(0, edition.length() - CORE.length())))
        || (edition.equalsIgnoreCase(MULTI_SESSION) && row.eligible("multi-session"));
  }

  /** How answers name the year. */
  public String label() {
    return programName + ", year " + year;
  }
}
