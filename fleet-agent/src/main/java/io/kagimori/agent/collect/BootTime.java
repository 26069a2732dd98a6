package io.kagimori.agent.collect;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When Windows was started, put together from what {@code systeminfo} prints in three places: the
 * time in the style of the region, the region and the time zone. A time that could be read in two
 * ways, or of no known zone, is no fact.
 */
final class BootTime {
  /** {@code 5/2/2025, 3:11:09 AM}, {@code 2025/05/02, 3:11:09}, {@code 02.05.2025, 03:11:09}. */
  private static final Pattern PRINTED =
      Pattern.compile(
          "(\\d{1,4})\\s?[./-]\\s?(\\d{1,2})\\s?[./-]\\s?(\\d{1,4})\\D+?(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(.*)");

  /** {@code (UTC+09:00) Osaka, Sapporo, Tokyo}; summer time is not printed. */
  private static final Pattern ZONE =
      Pattern.compile("\\((?:UTC|GMT)\\s?([+-]\\d{2}:\\d{2})?\\).*");

  private static final Pattern REGION = Pattern.compile("([A-Za-z]{2,3}-[A-Za-z]{2,4})(?:;.*)?");
  private static final Pattern AFTERNOON = Pattern.compile("p\\s?\\.?\\s?m|午後|下午|오후");
  private static final Pattern FORENOON = Pattern.compile("a\\s?\\.?\\s?m|午前|上午|오전");
  private static final String MONTH_FIRST = "en-us";
  private static final int HALF_DAY = 12;

  private String printed;
  private String zone;
  private String region;

  void printed(String value) {
    printed = printed == null ? value : printed;
  }

  void zone(String value) {
    zone = zone == null ? value : zone;
  }

  /** Any value; the first that names a region is that of the system. */
  void mayNameRegion(String value) {
    Matcher named = REGION.matcher(value);
    if (region == null && named.matches()) {
      region = named.group(1).toLowerCase(Locale.ROOT);
    }
  }

  /** In RFC 3339, UTC; null where what was printed does not tell it. */
  String instant() {
    Matcher time = PRINTED.matcher(printed == null ? "" : printed);
    Matcher offset = ZONE.matcher(zone == null ? "" : zone);
    if (!time.matches() || !offset.matches()) {
      return null;
    }
    ZoneOffset at = offset.group(1) == null ? ZoneOffset.UTC : ZoneOffset.of(offset.group(1));
    try {
      return local(time).map(local -> local.toInstant(at).toString()).orElse(null);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Optional<LocalDateTime> local(Matcher time) {
    int first = number(time, 1);
    int second = number(time, 2);
    int third = number(time, 3);
    String half = (printed.substring(0, time.start(4)) + time.group(7)).toLowerCase(Locale.ROOT);
    int hour = hour(number(time, 4), half);
    int minute = number(time, 5);
    int seconds = time.group(6) == null ? 0 : number(time, 6);
    if (first > 31) {
      return Optional.of(LocalDateTime.of(first, second, third, hour, minute, seconds));
    }
    return isMonthFirst(first, second)
        .map(
            monthFirst ->
                LocalDateTime.of(
                    third,
                    monthFirst ? first : second,
                    monthFirst ? second : first,
                    hour,
                    minute,
                    seconds));
  }

  private Optional<Boolean> isMonthFirst(int first, int second) {
    if (first > HALF_DAY || second > HALF_DAY || first == second) {
      return Optional.of(second > HALF_DAY);
    }
    return printed.indexOf('.') > 0 && printed.indexOf('.') < 3
        ? Optional.of(false)
        : Optional.ofNullable(region).map(MONTH_FIRST::equals);
  }

  private static int hour(int printed, String half) {
    if (AFTERNOON.matcher(half).find()) {
      return printed % HALF_DAY + HALF_DAY;
    }
    return FORENOON.matcher(half).find() ? printed % HALF_DAY : printed;
  }

  private static int number(Matcher time, int group) {
    return Integer.parseInt(time.group(group));
  }
}
