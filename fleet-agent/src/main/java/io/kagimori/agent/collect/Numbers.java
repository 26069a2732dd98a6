package io.kagimori.agent.collect;

import java.util.Locale;

/** Readings of numbers, codes and truth values as programs write them; null for anything else. */
final class Numbers {
  private static final int DIGITS_MAX = 18;

  private Numbers() {}

  /** A whole decimal number, a sign being allowed. */
  static Long whole(String value) {
    int from = value.startsWith("-") ? 1 : 0;
    if (value.length() == from || value.length() - from > DIGITS_MAX) {
      return null;
    }
    for (int i = from; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return null;
      }
    }
    return Long.valueOf(value);
  }

  /**
   * A result code in any spelling, as {@code 0xC004F014}: hexadecimal of up to eight digits, or the
   * decimal number with or without sign. Zero means that there is nothing to report.
   */
  static String code(String value) {
    String hex = hex(value);
    if (hex != null) {
      return hex;
    }
    Long number = whole(value);
    return number == null || number == 0 || number < Integer.MIN_VALUE || number > 0xFFFF_FFFFL
        ? null
        : "0x%08X".formatted(number & 0xFFFF_FFFFL);
  }

  /** {@code 0x8} as {@code 0x00000008}. */
  static String hex(String value) {
    if (value.length() < 3
        || value.length() > 10
        || value.charAt(0) != '0'
        || (value.charAt(1) | 0x20) != 'x') {
      return null;
    }
    for (int i = 2; i < value.length(); i++) {
      if (value.charAt(i) >= 128 || Character.digit(value.charAt(i), 16) < 0) {
        return null;
      }
    }
    String digits = value.substring(2).toUpperCase(Locale.ROOT);
    return "0x" + "0".repeat(8 - digits.length()) + digits;
  }

  static Boolean truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "enabled", "$true" -> true;
      case "false", "0", "no", "disabled", "$false" -> false;
      default -> null;
    };
  }

  /** The licensing service writes the first day of 1601 for a date it does not have. */
  static boolean isNever(String value) {
    return value.contains("1601") || value.startsWith("16001") || value.contains("-11644473600");
  }
}
