package io.kagimori.agent.collect;

import java.util.Locale;

/** Codes of the form {@code 0xC004F074}. */
final class ErrorCode {
  static final int LENGTH = 10;

  private ErrorCode() {}

  /** The code a text begins with, digits in upper case; null where it begins with another. */
  static String leading(String text) {
    if (text.length() < LENGTH || text.charAt(0) != '0' || (text.charAt(1) | 0x20) != 'x') {
      return null;
    }
    for (int i = 2; i < LENGTH; i++) {
      if (text.charAt(i) >= 128 || Character.digit(text.charAt(i), 16) < 0) {
        return null;
      }
    }
    boolean longer =
        text.length() > LENGTH
            && text.charAt(LENGTH) < 128
            && Character.digit(text.charAt(LENGTH), 16) >= 0;
    return longer ? null : "0x" + text.substring(2, LENGTH).toUpperCase(Locale.ROOT);
  }
}
