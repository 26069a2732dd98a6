package io.kagimori.agent.collect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An extended product ID such as {@code 11111-00140-009-000002-03-1033-5384.0000-1942006}.
 *
 * @param text the ID as printed
 * @param platform first group
 * @param group second group, the key group
 * @param key key number within the group: three and six digits
 * @param licenseType fifth group, the route of activation
 * @param language Windows language identifier, 1033 for English (US)
 * @param build operating system build that made the ID
 * @param dayOfYear day the ID was made, 1 to 366
 * @param year year the ID was made
 */
public record ExtendedPid(
    String text,
    String platform,
    String group,
    String key,
    String licenseType,
    int language,
    int build,
    int dayOfYear,
    int year) {

  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{5})-(\\d{5})-(\\d{3}-\\d{6})-(\\d{2})-(\\d{4,5})-(\\d{4,5})\\.\\d{4}-(\\d{3})(\\d{4})");

  /** Volume activation began with Windows Vista; a year before it is a made-up ID. */
  private static final int FIRST_YEAR = 2005;

  private static final int LAST_YEAR = 2099;

  /** Reads an ID; empty for a mask, for another shape and for a date that does not exist. */
  public static Optional<ExtendedPid> parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (text.length() > 64 || !parts.matches()) {
      return Optional.empty();
    }
    int dayOfYear = Integer.parseInt(parts.group(7));
    int year = Integer.parseInt(parts.group(8));
    if (dayOfYear < 1 || dayOfYear > 366 || year < FIRST_YEAR || year > LAST_YEAR) {
      return Optional.empty();
    }
    return Optional.of(
        new ExtendedPid(
            text,
            parts.group(1),
            parts.group(2),
            parts.group(3),
            parts.group(4),
            Integer.parseInt(parts.group(5)),
            Integer.parseInt(parts.group(6)),
            dayOfYear,
            year));
  }
}
