package io.kagimori.agent.collect;

import java.util.Optional;

/**
 * Readings of the text behind a label. Each returns null for what is empty, masked or of another
 * shape: such a text states no fact.
 */
final class Values {
  /** Lengths of an installation ID since Windows 8 and before. */
  private static final int IID_DIGITS = 63;

  private static final int IID_DIGITS_OLD = 54;
  private static final int MASK_RUN = 3;
  private static final int PLACEHOLDER_MAX = 14;

  private Values() {}

  /** The text from an index on without the blanks, emphasis and quotation marks around it. */
  static String clean(String text, int from) {
    int to = text.length();
    while (from < to && (Lines.isSpace(text.charAt(from)) || isWrapping(text.charAt(from)))) {
      from++;
    }
    while (to > from && (Lines.isSpace(text.charAt(to - 1)) || isWrapping(text.charAt(to - 1)))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isWrapping(char c) {
    return c == '*' || c == '`' || c == '"' || c == '|' || EntryScan.isColon(c);
  }

  /** Free text such as a product name. */
  static String text(String value) {
    return value.isEmpty() || isMasked(value, 4) ? null : ProductKeys.scrub(value);
  }

  static String guid(String value) {
    String guid = value;
    if (guid.length() == 38 && guid.charAt(0) == '{' && guid.charAt(37) == '}') {
      guid = guid.substring(1, 37);
    }
    if (guid.length() != 36) {
      return null;
    }
    boolean same = true;
    for (int i = 0; i < 36; i++) {
      char c = guid.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
        return null;
      }
      same &= dash || c == guid.charAt(0);
    }
    return same || isCountedGuid(guid) ? null : guid;
  }

  /** 12345678-1234-… and 01234567-89ab-… stand where somebody took the true identifier out. */
  private static boolean isCountedGuid(String guid) {
    return guid.startsWith("12345678-1234-1234-")
        || guid.regionMatches(true, 0, "01234567-89ab-cdef-", 0, 19);
  }

  static String extendedPid(String value) {
    return ExtendedPid.parse(value).map(ExtendedPid::text).orElse(null);
  }

  /** Digits of an installation ID, groups put together; empty where it is anything else. */
  static Optional<String> digits(String value) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < value.length() && i < 200; i++) {
      char c = value.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (c != ' ' && c != '-') {
        return Optional.empty();
      }
    }
    return digits.isEmpty() || isCounted(digits)
        ? Optional.empty()
        : Optional.of(digits.toString());
  }

  static boolean isInstallationId(String digits) {
    return digits.length() == IID_DIGITS || digits.length() == IID_DIGITS_OLD;
  }

  /** 1234567890… and 000… stand where somebody took the true number out. */
  private static boolean isCounted(CharSequence digits) {
    if (digits.length() < 10) {
      return false;
    }
    boolean counted = true;
    boolean same = true;
    for (int i = 1; i < digits.length(); i++) {
      int step = (digits.charAt(i) - digits.charAt(i - 1) + 10) % 10;
      counted &= step == 1;
      same &= step == 0;
    }
    return counted || same;
  }

  /** The last five characters of a product key. */
  static String partialKey(String value) {
    if (value.length() != 5 || isMasked(value, MASK_RUN)) {
      return null;
    }
    boolean same = true;
    for (int i = 0; i < 5; i++) {
      char c = value.charAt(i);
      if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
        return null;
      }
      same &= c == value.charAt(0);
    }
    return same ? null : value;
  }

  /** A dotted version number. */
  static String version(String value) {
    int dots = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return null;
      }
    }
    return dots > 0
            && value.length() < 40
            && isDigit(value, 0)
            && isDigit(value, value.length() - 1)
        ? value
        : null;
  }

  /** A key channel such as {@code Volume:GVLK}. */
  static String token(String value) {
    return value.isEmpty() || value.length() > 60 || isMasked(value, MASK_RUN) ? null : value;
  }

  /** The n-th whole number in a text, counted from 0. */
  static Integer number(String value, int n) {
    int seen = 0;
    int i = 0;
    while (i < value.length() && i < 200) {
      int digit = digit(value.charAt(i));
      if (digit < 0) {
        i++;
        continue;
      }
      long number = 0;
      while (i < value.length() && digit(value.charAt(i)) >= 0) {
        number = Math.min(number * 10 + digit(value.charAt(i)), Integer.MAX_VALUE + 1L);
        i++;
      }
      if (seen++ == n) {
        return number > Integer.MAX_VALUE ? null : (int) number;
      }
    }
    return null;
  }

  /** A whole number at the beginning of a text, a unit behind it being allowed. */
  static Integer leadingNumber(String value) {
    return value.isEmpty() || digit(value.charAt(0)) < 0 ? null : number(value, 0);
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= '０' && c <= '９' ? c - '０' : -1;
  }

  private static boolean isDigit(String value, int i) {
    return value.charAt(i) >= '0' && value.charAt(i) <= '9';
  }

  /** A date as printed, with or without a time; null where it is cut short or masked. */
  static String date(String value, boolean timeNeeded) {
    if (value.length() < 6 || value.length() > 60 || isMasked(value, MASK_RUN)) {
      return null;
    }
    int numbers = 0;
    boolean time = false;
    for (int i = 0; i < value.length(); i++) {
      boolean digit = digit(value.charAt(i)) >= 0;
      numbers += digit && (i == 0 || digit(value.charAt(i - 1)) < 0) ? 1 : 0;
      time |=
          EntryScan.isColon(value.charAt(i))
              && i > 0
              && i + 2 < value.length()
              && digit(value.charAt(i - 1)) >= 0
              && digit(value.charAt(i + 1)) >= 0
              && digit(value.charAt(i + 2)) >= 0;
    }
    boolean spoken = value.indexOf('時') > 0 || value.indexOf('시') > 0 || value.indexOf('时') > 0;
    if (timeNeeded) {
      return numbers >= 5 && (time || spoken) ? value : null;
    }
    return numbers >= 3 ? value : null;
  }

  /**
   * True for a text that hides something.
   *
   * @param run how many times X must stand in a row to count as hiding; a product name may hold a
   *     few
   */
  static boolean isMasked(String value, int run) {
    int same = 0;
    char before = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char lower = c == 'X' ? 'x' : c == 'Ｘ' ? 'ｘ' : c;
      same = i > 0 && lower == before ? same + 1 : 1;
      before = lower;
      if (same >= MASK_RUN && "*@#?•●·…█▒░■□＊_~".indexOf(c) >= 0) {
        return true;
      }
      if (same >= run && (c == 'x' || c == 'X' || c == 'ｘ' || c == 'Ｘ')) {
        return true;
      }
      if (same >= MASK_RUN && run == MASK_RUN && c == '.') {
        return true;
      }
    }
    return isOnlyMask(value) || hasPlaceholder(value);
  }

  private static boolean isOnlyMask(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isLetterOrDigit(c) && c != 'x' && c != 'X') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasPlaceholder(String value) {
    int open = -1;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '<' || c == '[') {
        open = i;
      } else if ((c == '>' || c == ']') && open >= 0 && i - open > 2) {
        return isPlaceholder(value, open + 1, i);
      }
    }
    String key = value.length() > PLACEHOLDER_MAX ? "" : LabelKey.of(value);
    return switch (key) {
      case "redacted", "masked", "hidden", "removed", "censored", "anonymized", "xxxxx" -> true;
      default -> false;
    };
  }

  private static boolean isPlaceholder(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      if (c == ':' || (c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text behind the label of a fact is made of words. */
  static boolean isFreeText(String fact) {
    return switch (fact) {
      case "name",
          "description",
          "error",
          "error_message",
          "license_status",
          "kms_discovery",
          "-" ->
          true;
      default -> false;
    };
  }

  /** Whether a full line goes on with this text, given the fact its label names. */
  static boolean continues(
      Vocabulary vocabulary, String fact, String value, String rest, boolean blankBetween) {
    return switch (fact) {
      case "activation_id", "application_id", "cmid" ->
          guid(value) == null && !rest.contains(" ") && rest.length() <= 36;
      case "extended_pid", "kms_extended_pid" ->
          extendedPid(value) == null && !rest.contains(" ") && rest.length() <= 60;
      case "installation_id" -> value.length() < IID_DIGITS && digits(rest).isPresent();
      case "partial_product_key" -> value.length() < 5 && rest.length() <= 5 - value.length();
      case "license_status" -> vocabulary.word(fact, value) == null;
      case "service_version" -> rest.length() < 20 && version(value + rest) != null;
      case "kms_host:dns", "kms_host:registered", "kms_host_ip", "product_key_channel" ->
          rest.length() < 80 && !rest.contains(" ");
      case "expiry:volume", "expiry:timebased", "expiry:avma", "remaining_time" ->
          !isClosed(value) && rest.length() <= 60;
      case "trusted_time", "evaluation_end" ->
          rest.length() <= 16 && (number(rest, 0) != null || rest.length() <= 4);
      case "name", "description", "error", "error_message", "kms_discovery", "-" ->
          (!blankBetween || fact.equals("error")) && (fact.equals("error") || !hasColon(rest));
      default -> leadingNumber(rest) != null && rest.length() <= 20;
    };
  }

  private static boolean isClosed(String value) {
    int open = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      open += c == '(' || c == '（' ? 1 : c == ')' || c == '）' ? -1 : 0;
    }
    return open == 0 && number(value, 1) != null;
  }

  private static boolean hasColon(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (EntryScan.isColon(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
