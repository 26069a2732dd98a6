package io.kagimori.agent.collect;

import java.util.regex.Pattern;

/** Takes full product keys out of texts that are shown or passed on. */
final class ProductKeys {
  private static final Pattern WHOLE =
      Pattern.compile("(?<![A-Za-z0-9])(?:[A-Za-z0-9]{5}-){4}([A-Za-z0-9]{5})(?![A-Za-z0-9])");

  /** A key that a fold cut in two. */
  private static final Pattern PART =
      Pattern.compile(
          "(?<![A-Z0-9])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){1,4}+(?:-[A-Z0-9]{0,4}+)?+(?![a-z])");

  private ProductKeys() {}

  /** The text with every five-by-five key reduced to its last five characters. */
  static String scrub(String text) {
    if (text.indexOf('-') < 0) {
      return text;
    }
    String masked = WHOLE.matcher(text).replaceAll("*****-*****-*****-*****-$1");
    return PART.matcher(masked).replaceAll(part -> isNumber(part.group()) ? part.group() : "*****");
  }

  /** The last five characters of a whole key; null for a mask and for anything else. */
  static String lastFive(String key) {
    return WHOLE.matcher(key).matches() && !Values.isMasked(key, 5)
        ? Values.partialKey(key.substring(key.length() - 5))
        : null;
  }

  /** Product IDs look like keys but for groups of figures only, which a key hardly ever has. */
  private static boolean isNumber(String text) {
    int groups = 0;
    for (String group : text.split("-")) {
      groups += group.chars().allMatch(c -> c >= '0' && c <= '9') ? 1 : 0;
    }
    return groups >= 2;
  }
}
