package io.kagimori.esu.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

  /** Shares of a fleet that go first, in percent; the rest follows. */
  private static final List<Integer> FIRST_WAVES = List.of(5, 25);

  private static final int DAYS_BETWEEN_WAVES = 7;

  /**
   * What is needed of one year.
   *
   * @param year the year
   * @param needed devices that lack it
   * @param available seats of keys that serve this year, keys for several years included
   */
  public record SeatsOfYear(int year, long needed, long available) {}

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
   * @param activationIds years it serves; empty where nobody said, so that it may serve any
   * @param available seats free
   */
  public record Pool(String keyId, List<String> activationIds, long available) {
    public Pool {
      activationIds = List.copyOf(activationIds);
    }

    boolean serves(EsuYear year) {
      return activationIds.isEmpty()
          || year.activationId()
              .filter(id -> activationIds.stream().anyMatch(id::equalsIgnoreCase))
              .isPresent();
    }
  }

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
      Map<EsuYear, Long> lacking) {}

  /**
   * The plan with the pools behind it.
   *
   * @param pools keys that serve one of the years
   * @param available their free seats
   * @param shortfall seats that are missing, whichever pool gives to whichever year
   * @param keysVisible when keys that are ordered today can be seen; null where none are missing
   */
  public record WithPools(
      CampaignPlan plan,
      List<Pool> pools,
      long available,
      long shortfall,
      Procurement keysVisible) {}

  /** Plans a campaign that begins today, or with the year. */
  public static WithPools of(EsuYear year, Fleet fleet, List<Pool> all, LocalDate today) {
    List<EsuYear> years =
        fleet.lacking().keySet().stream().sorted(Comparator.comparing(EsuYear::year)).toList();
    List<Pool> pools = all.stream().filter(pool -> years.stream().anyMatch(pool::serves)).toList();
    List<SeatsOfYear> seats =
        years.stream()
            .map(y -> new SeatsOfYear(y.year(), fleet.lacking().get(y), available(pools, y)))
            .toList();
    long available = pools.stream().mapToLong(Pool::available).sum();
    long shortfall = shortfall(years, fleet.lacking(), pools);
    LocalDate start = today.isAfter(year.start()) ? today : year.start();
    long toEnrol = fleet.lacking().getOrDefault(year, 0L);
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
            shortfall > 0 ? Procurement.orderBy(start) : null,
            shortfall > 0 ? Reasons.PROCUREMENT_PENDING : null,
            waves(toEnrol, start)),
        pools,
        available,
        shortfall,
        shortfall > 0 ? Procurement.orderedOn(today) : null);
  }

  private static long available(List<Pool> pools, EsuYear year) {
    return pools.stream().filter(pool -> pool.serves(year)).mapToLong(Pool::available).sum();
  }

  /** Keys for one year only give first, so that the others are left for the rest. */
  private static long shortfall(List<EsuYear> years, Map<EsuYear, Long> needed, List<Pool> pools) {
    Map<EsuYear, Long> missing = new LinkedHashMap<>();
    years.forEach(year -> missing.put(year, needed.get(year)));
    pools.stream()
        .sorted(Comparator.comparing(pool -> years.stream().filter(pool::serves).count()))
        .forEach(
            pool -> {
              long left = pool.available();
              for (EsuYear year : years) {
                long given = pool.serves(year) ? Math.min(left, missing.get(year)) : 0;
                missing.merge(year, -given, Long::sum);
                left -= given;
              }
            });
    return missing.values().stream().mapToLong(Long::longValue).sum();
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
}
