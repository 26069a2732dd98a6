package io.kagimori.contracts.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A row of esu_programs.csv: one year of an ESU programme, or its years together where they are not
 * sold apart.
 *
 * @param program name of the programme
 * @param productName the product with service pack or version, as written
 * @param product slug of the product family; absent for products without published setup key
 * @param eligibleEditions EditionIDs and remarks as written
 * @param firstYear first year it covers
 * @param lastYear last year it covers, mostly the same
 * @param activationId SKU id of the add-on license
 * @param channel how it is obtained, as written
 * @param coverageStart first day of coverage
 * @param coverageEnd last day of coverage
 * @param endOfSupport last day of free support
 * @param prerequisites what must be installed before
 * @param rules what holds for the programme
 * @param verification ways to prove that a device is covered
 * @param confidence how well founded
 * @param source where the row was read
 */
public record EsuProgramYear(
    String program,
    String productName,
    Optional<String> product,
    List<String> eligibleEditions,
    int firstYear,
    int lastYear,
    Optional<String> activationId,
    String channel,
    LocalDate coverageStart,
    Optional<LocalDate> coverageEnd,
    LocalDate endOfSupport,
    List<String> prerequisites,
    List<String> rules,
    List<String> verification,
    Confidence confidence,
    String source) {
  private static final String WITH_N = " (and N)";

  public EsuProgramYear {
    eligibleEditions = List.copyOf(eligibleEditions);
    prerequisites = List.copyOf(prerequisites);
    rules = List.copyOf(rules);
    verification = List.copyOf(verification);
  }

  /** Whether it covers this year of the programme. */
  public boolean covers(int year) {
    return firstYear <= year && year <= lastYear;
  }

  /** Whether the year is sold as MAK, the form that takes a seat. */
  public boolean soldAsMak() {
    return channel.startsWith("MAK");
  }

  /**
   * Whether an edition is eligible, compared without case. The remark "and N" behind the last
   * edition of a list opens the N form of each.
   */
  public boolean eligible(String edition) {
    boolean withN = eligibleEditions.stream().anyMatch(e -> e.endsWith(WITH_N));
    return eligibleEditions.stream()
        .map(e -> e.endsWith(WITH_N) ? e.substring(0, e.length() - WITH_N.length()) : e)
        .anyMatch(
            e -> e.equalsIgnoreCase(edition) || (withN && (e + "N").equalsIgnoreCase(edition)));
  }
}
