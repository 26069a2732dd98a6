package io.kagimori.esu.domain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What it takes to get a year onto every device of a product: prerequisites, seats, waves. Pure.
 *
 * @param program id of the program
 * @param product slug of the product
 * @param year the year
 * @param activationId SKU id of its add-on license; null where none is known
 * @param coverageStart its first day
 * @param coverageEnd its last day; null where it was not published
 * @param devices devices with the product
 * @param covered devices that have the year, by a license or by their platform
 * @param toEnrol devices that may have it and do not
 * @param blocked devices that lack something, by reason
 * @param seats seats needed of this year and of each year before, against what the pools have
 * @param orderBy last day to order keys that are missing; null where none are
 * @param reason {@code PROCUREMENT_PENDING} where seats are missing; null otherwise
 * @param waves who enrols when
 */
public record CampaignPlan(
    String program,
    String product,
    int year,
    String activationId,
    LocalDate coverageStart,
    LocalDate coverageEnd,
    long devices,
    long covered,
    long toEnrol,
    Map<String, Long> blocked,
    List<SeatsOfYear> seats,
    LocalDate orderBy,
    String reason,
    List<Wave> waves) {

  /** Business days until a bought key can be seen. Source: esu_programs.csv, rules. */
  private static final int PROCUREMENT_DAYS = 5;

  /** Shares of a fleet that go first, in percent; the rest follows. */
  private static final List<Integer> FIRST_WAVES = List.of(5, 25);

  private static final int DAYS_BETWEEN_WAVES = 7;

  /**
   * What is needed of one year.
   *
   * @param year the year
   * @param needed devices that lack it
   */
  public record SeatsOfYear(int year, long needed) {}

  /**
   * A wave.
   *
   * @param number 1 and up
   * @param from first day
   * @param devices how many
   */
  public record Wave(int number, LocalDate from, long devices) {}

  /**
   * A key that can serve.
   *
   * @param keyId the key
   * @param available seats free
   */
  public record Pool(String keyId, long available) {}

  /**
   * The fleet, counted.
   *
   * @param devices devices with the product
   * @param covered devices that have the year
   * @param blocked devices that lack something, by reason
   * @param blockedDevices how many those are
   * @param lacking devices that lack each year up to this one and are not blocked
   */
  public record Fleet(
      long devices,
      long covered,
      Map<String, Long> blocked,
      long blockedDevices,
      Map<Integer, Long> lacking) {}

  /** The plan with the pools behind it. */
  public record WithPools(CampaignPlan plan, List<Pool> pools, long available, long shortfall) {}

  /** Plans a campaign that begins today, or with the year. */
  public static WithPools of(EsuYear year, Fleet fleet, List<Pool> pools, LocalDate today) {
    List<SeatsOfYear> seats =
        fleet.lacking().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> new SeatsOfYear(e.getKey(), e.getValue()))
            .toList();
    long needed = seats.stream().mapToLong(SeatsOfYear::needed).sum();
    long available = pools.stream().mapToLong(Pool::available).sum();
    long shortfall = Math.max(0, needed - available);
    LocalDate start = today.isAfter(year.start()) ? today : year.start();
    long toEnrol = fleet.lacking().getOrDefault(year.year(), 0L);
    return new WithPools(
        new CampaignPlan(
            year.program(),
            year.product(),
            year.year(),
            year.activationId().orElse(null),
            year.start(),
            year.end().orElse(null),
            fleet.devices(),
            fleet.covered(),
            toEnrol,
            fleet.blocked(),
            seats,
            shortfall > 0 ? businessDaysBefore(start) : null,
            shortfall > 0 ? Reasons.PROCUREMENT_PENDING : null,
            waves(toEnrol, start)),
        pools,
        available,
        shortfall);
  }

  private static List<Wave> waves(long devices, LocalDate start) {
    List<Wave> waves = new ArrayList<>();
    long left = devices;
    LocalDate from = start;
    for (int percent : FIRST_WAVES) {
      long size = Math.min(left, Math.max(1, devices * percent / 100));
      if (size > 0) {
        waves.add(new Wave(waves.size() + 1, from, size));
        left -= size;
        from = from.plusDays(DAYS_BETWEEN_WAVES);
      }
    }
    if (left > 0) {
      waves.add(new Wave(waves.size() + 1, from, left));
    }
    return waves;
  }

  private static LocalDate businessDaysBefore(LocalDate day) {
    LocalDate at = day;
    for (int left = PROCUREMENT_DAYS; left > 0; ) {
      at = at.minusDays(1);
      if (at.getDayOfWeek() != DayOfWeek.SATURDAY && at.getDayOfWeek() != DayOfWeek.SUNDAY) {
        left--;
      }
    }
    return at;
  }
}
